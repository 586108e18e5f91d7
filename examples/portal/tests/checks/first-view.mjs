import assert from 'node:assert/strict';

const isGraphql = (request) => new URL(request.url()).pathname === '/graphql' && request.resourceType() !== 'websocket';

export const firstView = {
  async 'the first view takes one GraphQL request'(portal) {
    const { page, watched } = await portal.open('/');
    await page.waitForSelector('.liveness[data-state=live]');
    await page.waitForTimeout(1500);
    const requests = watched.requests.filter(isGraphql).map((request) => request.postData());
    assert.equal(requests.length, 1, `it takes ${requests.length}`);
  },

  async 'nothing is requested from elsewhere, and nothing breaks the policy or is logged'(portal) {
    for (const route of ['/', '/#/reports', '/#/reports/KSF', '/#/work']) {
      const { page, watched } = await portal.open(route);
      await page.waitForTimeout(500);
      const { origin } = new URL(page.url());
      const elsewhere = watched.requests
        .map((request) => request.url())
        .filter((url) => !/^data:/.test(url) && new URL(url).origin !== origin);
      assert.deepEqual(elsewhere, [], route);
      assert.deepEqual(watched.problems, [], route);
      const policy = (await page.request.get(page.url().replace(/#.*/, ''))).headers()['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
    }
  },
};
