import assert from 'node:assert/strict';

const withoutTokens = (page) =>
  page.route('**/configuration.json', (route) => route.fulfill({ status: 404, body: '' }));

export const signIn = {
  async 'without a demonstration’s tokens one signs in with one’s own, and out again'(portal) {
    const { page } = await portal.open('/#/joint?year=2017', { prepare: withoutTokens });
    assert.equal(await page.locator('select').count(), 0);
    await page.getByLabel('Åtkomstnyckel').fill(portal.tokenOf('coordinator'));
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.waitForSelector('table');
    assert.match(await page.locator('header').innerText(), /Inloggad som Internkontrollsamordnare/);
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.waitForSelector('.empty');
  },

  async 'a token that is not valid any more says so, with its code'(portal) {
    const { page } = await portal.open('/#/joint?year=2017', { prepare: withoutTokens });
    await page.getByLabel('Åtkomstnyckel').fill('outdated');
    await page.getByRole('button', { name: 'Logga in' }).click();
    const alert = page.getByRole('alert');
    assert.match(await alert.innerText(), /Logga in igen[\s\S]*UNAUTHENTICATED/);
  },

  async 'a server that does not answer can be tried again'(portal) {
    let down = true;
    const { page } = await portal.open('/', {
      prepare: (page) => page.route('**/graphql', (route) => (down ? route.abort() : route.continue())),
    });
    const alert = page.getByRole('alert');
    assert.match(await alert.innerText(), /svarar inte/);
    down = false;
    await alert.getByRole('button').click();
    await page.waitForSelector('table');
  },

  async 'acting as somebody else shows what they see'(portal) {
    const { page } = await portal.open('/');
    await page.getByLabel('Agera som').selectOption('performer-ksf');
    await page.waitForSelector('.empty');
    await page.getByLabel('Agera som').selectOption('auditor');
    await page.waitForSelector('table');
  },
};
