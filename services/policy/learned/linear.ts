import { places } from "./features";
import { readLearned } from "./learned-file";

/**
 * A logistic regression over hashed features, one byte a weight. Small enough to read in a millisecond, quick enough
 * for thousands of messages a second, and its training comes out the same, byte for byte, on every machine.
 */
export interface LinearModel {
  bias: number;
  /** What one step of a weight's byte is worth. */
  step: number;
  weights: Int8Array;
}

/** One text to learn from: its features, the answer, and how much it counts. */
export interface Example {
  features: Uint32Array;
  positive: boolean;
  weight: number;
}

/** Probability (0..1) that the answer is yes. */
export function predict(model: LinearModel, features: Uint32Array): number {
  return 1 / (1 + Math.exp(-margin(model, features)));
}

function margin(model: LinearModel, features: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += model.weights[features[at] as number] as number;
  return model.bias + (sum * model.step) / Math.sqrt(features.length || 1);
}

/**
 * Learns by stochastic gradient descent with per-weight step sizes (AdaGrad). The order of the examples is shuffled by
 * a seeded generator; the same examples in the same order give the same bytes.
 * @param options.decay how strongly weights are drawn to zero; larger forgets rare features sooner
 */
export function train(
  examples: Example[],
  options: { rounds: number; rate: number; decay: number; seed: number },
): LinearModel {
  // Of each place its weight and its steepness, side by side: they are read together.
  const state = new Float64Array(places * 2);
  for (let place = 0; place < places; place++) state[place * 2 + 1] = 1;
  let bias = 0;
  let biasSteepness = 1;
  // Sums depend on their order in the last digit, so it must not depend on how features are found.
  const sorted = examples.map((example) => ({ ...example, features: example.features.slice().sort() }));
  const order = Uint32Array.from(sorted.keys());
  const random = seeded(options.seed);
  // The mean over the later rounds depends less on the order of the examples than the last round does.
  const averaged = Math.floor(options.rounds / 2);
  const mean = new Float64Array(places);
  let meanBias = 0;
  for (let round = 0; round < options.rounds; round++) {
    shuffle(order, random);
    for (const index of order) {
      const { features, positive, weight } = sorted[index] as Example;
      const scale = 1 / Math.sqrt(features.length || 1);
      let sum = 0;
      for (let at = 0; at < features.length; at++) sum += state[(features[at] as number) * 2] as number;
      const error = (1 / (1 + Math.exp(-(bias + sum * scale))) - (positive ? 1 : 0)) * weight;
      biasSteepness += error * error;
      bias -= (options.rate * error) / Math.sqrt(biasSteepness);
      const slopes = error * scale;
      for (let at = 0; at < features.length; at++) {
        const place = (features[at] as number) * 2;
        const weighs = state[place] as number;
        const slope = slopes + options.decay * weighs;
        const steepness = (state[place + 1] as number) + slope * slope;
        state[place + 1] = steepness;
        state[place] = weighs - (options.rate * slope) / Math.sqrt(steepness);
      }
    }
    if (round < options.rounds - averaged) continue;
    meanBias += bias;
    for (let place = 0; place < places; place++) mean[place] = (mean[place] as number) + (state[place * 2] as number);
  }
  return quantize(
    mean.map((sum) => sum / averaged),
    meanBias / averaged,
  );
}

function quantize(weights: Float64Array, bias: number): LinearModel {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = Math.fround((largest || 1) / 127);
  return { bias: Math.fround(bias), step, weights: Int8Array.from(weights, (weight) => Math.round(weight / step)) };
}

/** Bias and step as 32-bit floats, then the weights. */
export function toBytes(model: LinearModel): Buffer {
  const head = Buffer.alloc(8);
  head.writeFloatLE(model.bias, 0);
  head.writeFloatLE(model.step, 4);
  return Buffer.concat([head, Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.byteLength)]);
}

/** Reads a model that `npm run train` wrote. Throws when the file is not one. */
export function readLinearModel(name: string): LinearModel {
  const bytes = readLearned(name);
  if (bytes.length !== places + 8) throw new Error(`${name} is no trained model of this version; run: npm run train`);
  return {
    bias: bytes.readFloatLE(0),
    step: bytes.readFloatLE(4),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + 8, places),
  };
}

/** A small seeded generator of numbers in 0..1 (mulberry32): training must not depend on chance. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index] as number;
    order[index] = order[other] as number;
    order[other] = kept;
  }
}
