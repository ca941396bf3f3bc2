import type { MediaEndpoint } from './media_health.ts'

export interface LivekitPorts {
  /** TCP: signalling and the room service. */
  signal: number
  /** UDP: all media of all participants. */
  media: number
}

/**
 * The server's YAML, written as JSON (a subset of YAML). An unknown key stops livekit-server, so every key here
 * is one of v1.13.5's. Without `nodeIp` nothing listens beyond the loopback interface.
 */
export function livekitConfiguration(options: {
  ports: LivekitPorts
  credentials: Pick<MediaEndpoint, 'apiKey' | 'apiSecret'>
  /** Address that other machines reach this one by. */
  nodeIp?: string
  webhookUrl?: string
}): string {
  const { ports, credentials, nodeIp } = options
  const loopback = nodeIp === undefined
  return JSON.stringify({
    port: ports.signal,
    bind_addresses: loopback ? ['127.0.0.1'] : ['0.0.0.0'],
    logging: { level: 'warn', json: true },
    rtc: {
      node_ip: nodeIp ?? '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: loopback,
      ips: { includes: [loopback ? '127.0.0.1/32' : `${nodeIp}/32`] },
      udp_port: ports.media,
      // Any other value makes it listen for media over TCP on all interfaces.
      tcp_port: 0,
      use_ice_lite: true,
      // Nothing need listen there; left out, browsers are told to ask public servers.
      stun_servers: ['127.0.0.1:3478'],
    },
    turn: { enabled: false },
    room: {
      auto_create: false,
      empty_timeout: 300,
      departure_timeout: 20,
      max_participants: 30,
      enabled_codecs: [{ mime: 'audio/opus' }, { mime: 'video/vp8' }, { mime: 'video/rtx' }],
    },
    keys: { [credentials.apiKey]: credentials.apiSecret },
    ...(options.webhookUrl ? { webhook: { api_key: credentials.apiKey, urls: [options.webhookUrl] } } : {}),
  })
}
