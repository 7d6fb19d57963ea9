/**
 * The bus: topics, partitions by key, groups with offsets, replay. Two implementations, `bus.postgres` and
 * `bus.kafka`, pass one contract suite. It carries strings; what they mean is `schema/events`.
 */
export interface BusRecord {
  topic: string;
  /** Records of one key keep their order. */
  key: string;
  value: string;
}

export interface ReceivedRecord extends BusRecord {
  partition: number;
  /** Position in the partition, as text (64 bit). */
  offset: string;
}

export interface Subscription {
  /** Resolves when the running batch is done and no further one will start. */
  stop(): Promise<void>;
}

export interface Bus {
  /**
   * Records of one key keep the order of the array and of earlier calls. Resolves when every record is durable. With
   * "in order" it may resolve sooner: when they can be read, and will be durable before anything that is committed
   * afterwards to the same write-ahead log.
   */
  publish(records: BusRecord[], durable?: "now" | "in order"): Promise<void>;
  /**
   * Names the write-ahead log that the records are kept in; absent when services cannot share it. A service whose
   * database has the same one need not wait for the disk at each step: whatever a crash keeps, it keeps what came
   * before it as well.
   */
  readonly writeAheadLog?: string | null;
  /**
   * Hands every record of the topics to the group at least once, in order within a partition. `onBatch` is called
   * again with the same records when it throws or the process dies before it resolves.
   * `from: "end"`: only what is published after this call has resolved; nothing is remembered (a gateway replica).
   * Resolves when the subscription is live.
   */
  subscribe(options: {
    group: string;
    topics: string[];
    from: "committed" | "end";
    onBatch(records: ReceivedRecord[]): Promise<void>;
  }): Promise<Subscription>;
  /** Throws when the bus cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
