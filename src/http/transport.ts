/** What is asked of a service. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** The whole address, query included. */
  readonly url: string;
  /**
   * The path with its variable parts named, such as `/users/{id}`. It stands in the log in the
   * place of the address, which may hold an email.
   */
  readonly template: string;
  /** Header fields by lower-case name. Values must be free of control characters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Which try this is, counted from 1. Set by whoever repeats a request. */
  readonly attempt?: number;
}

/** What came back: any status, the body whole and decompressed. */
export interface HttpResponse {
  readonly status: number;
  /** Header fields by lower-case name; a repeated field's values are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The one way in which bytes travel. The network, the sample data and the tests' fakes look the
 * same to everything above.
 */
export interface Transport {
  /**
   * Sends one request and reads its whole answer. Redirects are not followed.
   *
   * @throws {@link ServiceError} with a reason when no complete answer arrived. A status of 400 or
   * more is an answer, not an error.
   * @throws the signal's reason when it is aborted.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}
