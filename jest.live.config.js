const everyday = require("./jest.config.js");

/** The tests against a real Kafka: `npm run test:live`. */
module.exports = {
  ...everyday,
  testMatch: ["<rootDir>/test/live/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  globalSetup: "<rootDir>/test/live/setup.ts",
  globalTeardown: "<rootDir>/test/live/teardown.ts",
  maxWorkers: 1,
  testTimeout: 120_000,
};
