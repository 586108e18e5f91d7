import assert from 'node:assert/strict';

const QUERY = `{
  viewer { myWork(first: 100) { totalCount nodes { why } } }
}`;

export const work = {
  async 'my work comes a page at a time, in the API’s order'(portal) {
    const { viewer } = await portal.ask('controller-ksf', QUERY);
    const { totalCount, nodes } = viewer.myWork;
    assert.ok(totalCount > 10, 'the demonstration has more than a page for controller-ksf');
    const { page } = await portal.open('/#/work', { actor: 'controller-ksf' });
    const items = page.locator('.work > li');
    for (let pages = 1; (await items.count()) < totalCount; pages += 1) {
      assert.equal(await items.count(), 10 * pages);
      await page.locator('.more button').click();
      await page.waitForFunction((count) => document.querySelectorAll('.work > li').length > count, 10 * pages);
    }
    assert.equal(await page.locator('.more button').count(), 0);
    const shown = await items.allInnerTexts();
    for (const [index, { why }] of nodes.entries()) assert.ok(shown[index].includes(why), why);
  },

  async 'an item says when it was due, and leads to what it is about'(portal) {
    const { page } = await portal.open('/#/work', { actor: 'secretary-ks' });
    const item = page.locator('.work > li').first();
    assert.match(await item.innerText(), /Klar senast 31 januari 2018\s*Försenad/);
    await item.locator('a').click();
    await page.waitForSelector('.decisions');
    assert.match(page.url(), /#\/reports\/KSF\?.*committee=KS/);
  },

  async 'who has nothing to do, and who is not signed in, is told so'(portal) {
    const nothing = await portal.open('/#/work', { actor: 'member-ks' });
    assert.match(await nothing.page.locator('.empty').innerText(), /Inget väntar/);
    const nobody = await portal.open('/#/work', { actor: '' });
    assert.match(await nobody.page.locator('.empty').innerText(), /Logga in/);
  },
};
