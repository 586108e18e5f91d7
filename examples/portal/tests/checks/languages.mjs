import assert from 'node:assert/strict';

export const languages = {
  async 'the language is the browser’s, and can be changed'(portal) {
    const { page } = await portal.open('/', { locale: 'en-GB' });
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    assert.match(await page.locator('h1').innerText(), /^Joint follow-up/);
    assert.match(await page.locator('tbody').innerText(), /Missing/);
    await page.getByRole('button', { name: 'Svenska' }).click();
    await page.waitForFunction(() => document.querySelector('tbody')?.innerText.includes('Saknas'));
    assert.equal(await page.getAttribute('html', 'lang'), 'sv');
    assert.match(await page.title(), /^Gemensam uppföljning/);
    await page.reload();
    await page.waitForSelector('table');
    assert.match(await page.locator('h1').innerText(), /^Gemensam uppföljning/);
  },

  async 'what the API says for people is in that language'(portal) {
    const english = await portal.open('/#/work', { actor: 'secretary-ks', locale: 'en-GB' });
    assert.match(await english.page.locator('.work').innerText(), /lies before the committee/);
    const swedish = await portal.open('/#/work', { actor: 'secretary-ks' });
    assert.match(await swedish.page.locator('.work').innerText(), /väntar på nämndens beslut/);
  },
};
