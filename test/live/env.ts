/** Where the live tests find their broker: given from outside, or set by `setup.ts` when it has started one. */
export const kafkaBrokers = {
  get: (): string[] => (process.env.KAFKA_BROKERS ?? "").split(",").filter((broker) => broker !== ""),
  set: (brokers: string[]): void => {
    process.env.KAFKA_BROKERS = brokers.join(",");
  },
};
