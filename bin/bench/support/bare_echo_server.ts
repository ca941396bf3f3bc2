/** The least that Socket.IO can do: what comes in goes out to all, nothing is checked, kept or numbered. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, { serveClient: false })
io.on('connection', (socket) => {
  socket.on('op', (message, acknowledge: (answer: object) => void) => {
    io.emit('events', message)
    acknowledge({ ok: true })
  })
})
http.listen(0, '127.0.0.1', () => process.send!((http.address() as AddressInfo).port))
