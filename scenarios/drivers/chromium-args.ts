/** How Chromium is started for stories: cheaply, and so that it asks twice for what is pressed twice. */
export const chromiumArgs: readonly string[] = [
  // Nobody looks at the pages: drawing them in software as a graphics card would takes a sixth of the time.
  ...['--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu'],
  // Cookies and origins are kept apart without a process for each site, and starting them takes another sixth.
  ...['--disable-site-isolation-trials', '--renderer-process-limit=1'],
  // A link that is pressed twice is asked for twice. The first is Playwright's own, which this would replace.
  '--enable-features=CDPScreenshotNewSurface,IgnoreDuplicateNavs:duplicate_nav_threshold/0ms',
]
