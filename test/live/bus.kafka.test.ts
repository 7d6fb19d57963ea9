import { busContract } from "../../kit/bus.contract";
import { createKafkaBus } from "../../kit/bus.kafka";
import { createSilentLog } from "../../kit/log";
import { kafkaBrokers } from "./env";

busContract("bus.kafka", async () => ({
  open: () =>
    createKafkaBus({ brokers: kafkaBrokers.get(), clientId: "contract", log: createSilentLog(), partitions: 4 }),
  remove: async () => {},
}));

test("a cluster that is not there is one clear sentence", async () => {
  const nobody = createKafkaBus({ brokers: ["127.0.0.1:9"], clientId: "x", log: createSilentLog(), patienceMs: 500 });
  await expect(nobody).rejects.toThrow("Kafka does not answer at 127.0.0.1:9");
});
