/** What went wrong between us and the service, each worth telling apart. */
export type GestorErrorCode =
  /** The host's name is unknown (or the name service is out of reach). */
  | 'dns'
  /** The host's name leads to a service of the machine itself, which must not be asked: no connection was made. */
  | 'internal-address'
  /** Nobody listens there. */
  | 'connection-refused'
  /** The host did not take the connection in time. */
  | 'connect-timeout'
  /** No secure connection: certificate not trusted, expired, for another host; or no TLS there at all. */
  | 'tls'
  /** The proxy cannot be reached or did not let the request through. */
  | 'proxy'
  /** The connection did not come up for another reason: no network, no route, cut at once. */
  | 'network'
  /** The connection broke after the request had begun to leave. */
  | 'connection-lost'
  /** No whole answer within the time-out. */
  | 'timeout'
  /** Cancelled by the caller's AbortSignal. */
  | 'aborted'
  /** Not tried: an answer to an earlier call has asked to wait (`Retry-After`), and that time is not over. */
  | 'asked-to-wait'
  /** An answer with a status other than 2xx. */
  | 'http-status'
  /** The service says that the address is another one; never followed. */
  | 'redirected'
  /** An answer beyond every sensible size. */
  | 'too-large'
  /** Not an answer of the service: an HTML page, other JSON, no HTTP at all. */
  | 'unreadable'
  /** Token, RUT or idSistema not accepted (001, 002). Of reading and of a course; a single send tells it in its Answer. */
  | 'not-authenticated'
  /** There is no token: no call was made. */
  | 'no-token'
  /** The token is one of this project's examples, and the address is the official one: no call was made. */
  | 'example-token'
  /** This client has sent that codigoEnvio before: no call was made. */
  | 'repeated-codigo-envio';

/**
 * What became of the request.
 * - `not-sent`: no byte of it left, or a proxy kept it; proved.
 * - `refused`: whoever answered says that it did not take it. Some record what they refuse: the history tells.
 * - `unknown`: it may have been recorded. A send is then settled by reading the history, never by sending again.
 */
export type Outcome = 'not-sent' | 'refused' | 'unknown';

/** The two services of the API, as their addresses name them. */
export type Operation = 'enviarAvance' | 'historialEnvios';
