const { default: Sequencer } = require("@jest/test-sequencer");

/** On a machine that has never run them, jest begins with the largest file; journeys are small and take longest. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isJourney = ({ path }) => path.includes("/test/journeys/");
    const sorted = super.sort(tests);
    return [...sorted.filter(isJourney), ...sorted.filter((test) => !isJourney(test))];
  }
};
