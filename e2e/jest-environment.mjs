// Node's environment, and the one thing that Jest does not tell its hooks: whether the test that ends has failed. Browser
// specs take a picture of what was on the screen then.
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  handleTestEvent({ name }) {
    if (name === 'test_start') this.global.hasTestFailed = false;
    if (name === 'test_fn_failure') this.global.hasTestFailed = true;
  }
}
