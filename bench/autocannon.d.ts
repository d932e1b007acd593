// The part of autocannon's interface that is used here; the package brings no types.

declare module 'autocannon' {
  interface Client {
    /** Gives one connection the requests that it sends, in their order. */
    setRequests(requests: readonly Readonly<Record<string, unknown>>[]): void;
  }

  interface Options {
    readonly url: string;
    readonly connections: number;
    /** How many requests are sent in all. */
    readonly amount: number;
    /** In seconds. */
    readonly timeout: number;
    readonly setupClient: (client: Client) => void;
  }

  function autocannon(options: Options): Promise<unknown>;
  export = autocannon;
}
