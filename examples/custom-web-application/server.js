import { createApp } from './app.js'

const { PORT = '3000', SLOOP_ES = 'http://localhost:9200', ELASTIC_PASSWORD = 'changeme' } = process.env
const auth = { username: 'elastic', password: ELASTIC_PASSWORD }

createApp({ node: SLOOP_ES, auth, realm: 'saml1' }).listen(Number(PORT), (error) => {
  if (error) throw error
  console.log(`http://localhost:${PORT}`)
})
