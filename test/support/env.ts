/** The test server's address: set by jest's global setup, read by the workers. Ends with a slash. */
export const postgresAddress = {
  get: (): string => {
    const address = process.env.BATON_TEST_POSTGRES;
    if (!address)
      throw new Error(
        "There is no test database server: run the tests through jest with this project's jest.config.js.",
      );
    return address;
  },
  set: (address: string): void => {
    process.env.BATON_TEST_POSTGRES = address;
  },
};

/** The environment of a child process: this one's, with these settings in their place. */
export const childSettings = (settings: Record<string, string>): NodeJS.ProcessEnv => ({ ...process.env, ...settings });
