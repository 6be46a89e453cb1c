// What the tests need of node's test runner, for a browser: the page waits for `window.finished`.
const tests = [];
export default (name, run) => tests.push([name, run]);

window.finish = async () => {
  const failed = [];
  for (const [name, run] of tests) {
    try {
      await run();
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    }
  }
  return { count: tests.length, failed };
};
