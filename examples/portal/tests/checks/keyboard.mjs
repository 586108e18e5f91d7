import assert from 'node:assert/strict';

/** What has the focus, and whether it can be seen. */
const focused = (page) =>
  page.evaluate(() => {
    const { tagName, innerText, id } = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return { tag: tagName, text: innerText, id, visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
  });

/** Tabs until something is reached. */
async function tabTo(page, wanted, key = 'Tab') {
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    assert.ok(at.visible, `the focus cannot be seen on ${at.tag} ${at.text}`);
    if (wanted(at)) return at;
  }
  throw new Error('it is not reached with the Tab key');
}

export const keyboard = {
  async 'everything is reached with the keyboard alone'(portal) {
    const { page } = await portal.open('/');
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).text, 'Hoppa till innehållet');
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).tag, 'H1');

    await tabTo(page, ({ text }) => text.startsWith('Vissa brister framkom'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id.startsWith('follow-up-'));

    await tabTo(page, ({ text }) => text === 'Mina uppgifter', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    assert.equal((await focused(page)).text, 'Mina uppgifter');

    await page.goBack();
    await page.waitForSelector('.follow-up');
  },

  async 'who asks for more is taken to the first of it'(portal) {
    const { page } = await portal.open('/#/work', { actor: 'controller-ksf' });
    await tabTo(page, ({ text }) => text === 'Visa fler');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement === document.querySelectorAll('.work h2')[10]);
  },

  async 'the choice of language keeps the focus'(portal) {
    const { page } = await portal.open('/');
    await tabTo(page, ({ text }) => text === 'English');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    assert.equal((await focused(page)).text, 'English');
  },
};
