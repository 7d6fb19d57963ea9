/** ES modules without a CommonJS twin: jest cannot `require` them as Node does, so they are compiled as well. */
const esModules = ["jose"];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "<rootDir>/test/support/environment.js",
  testMatch: ["<rootDir>/**/*.test.ts"],
  // test/live needs a broker and a Java: `npm run test:live`.
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/dist/",
    "<rootDir>/.baton/",
    "<rootDir>/web/",
    "<rootDir>/test/live/",
  ],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.baton/"],
  // No options: the compiler reads .swcrc, so tests run what `npm run build` emits.
  transform: { "\\.(ts|js|mjs)$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  globalSetup: "<rootDir>/test/support/postgres.setup.ts",
  globalTeardown: "<rootDir>/test/support/postgres.teardown.ts",
  testSequencer: "<rootDir>/test/support/longest-first.js",
  // For two cores: tests wait for events a good deal, and a third worker uses what two leave.
  maxWorkers: 3,
  // Each file loads its own Apollo and TypeORM: a worker that keeps all of them spends its time collecting garbage.
  workerIdleMemoryLimit: "700MB",
  testTimeout: 30_000,
};
