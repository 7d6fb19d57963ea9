/**
 * The Node environment of jest, which ends with each test file what the file's `AsyncLocalStorage`s began.
 *
 * An `AsyncLocalStorage` that has been used costs every later promise of the process a step, until it is disabled.
 * jest-circus 30 makes one per test file and never disables it, so that a worker becomes slower with each file it runs.
 */
const hooks = require("node:async_hooks");
const { TestEnvironment } = require("jest-environment-node");

/** Those of the test file that runs. */
const used = new Set();

hooks.AsyncLocalStorage = class extends hooks.AsyncLocalStorage {
  constructor(...args) {
    super(...args);
    used.add(this);
  }
};

module.exports = class extends TestEnvironment {
  async teardown() {
    for (const storage of used) storage.disable();
    used.clear();
    await super.teardown();
  }
};
