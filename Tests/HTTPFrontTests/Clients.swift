import SocketClients

typealias TestSocket = SocketClients.TestSocket
typealias WebSocketClient = SocketClients.WebSocketClient
