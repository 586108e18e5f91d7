import assert from 'node:assert/strict';
import { PHONE } from '../portal.mjs';

const QUERY = `query ($year: Int!) {
  labels(types: ["JointCellState", "Trend"]) { name values { value label } }
  jointFollowUp(year: $year) {
    departments { name }
    points {
      point { title }
      reported
      expected
      cells { state trend openFindings rating { label } department { name } }
    }
    missing { department { name } point { title } }
  }
}`;

/** What has to stand in a cell, by the API's answer. */
function wordsOf({ state, trend, openFindings, rating }, labels) {
  const label = (type, value) =>
    labels.find(({ name }) => name === type).values.find((one) => one.value === value).label;
  return [
    rating ? rating.label : label('JointCellState', state),
    ...(trend ? [label('Trend', trend)] : []),
    ...(openFindings > 0 ? [`${openFindings} öpp`] : []),
  ];
}

export const matrix = {
  async 'the matrix has what the API answers'(portal) {
    const { labels, jointFollowUp } = await portal.ask('coordinator', QUERY, { year: 2017 });
    const { page } = await portal.open('/');
    const columns = await page.locator('thead th').allInnerTexts();
    const names = columns.slice(1).map((name) => name.replaceAll('\u00ad', ''));
    assert.deepEqual(
      names,
      jointFollowUp.departments.map(({ name }) => name),
    );
    const rows = page.locator('tbody tr');
    assert.equal(await rows.count(), jointFollowUp.points.length);
    for (const [index, { point, reported, expected, cells }] of jointFollowUp.points.entries()) {
      const row = rows.nth(index);
      const heading = await row.locator('th').innerText();
      assert.ok(heading.includes(point.title) && heading.includes(`${reported} av ${expected}`), heading);
      const texts = await row.locator('td').allInnerTexts();
      assert.equal(texts.length, cells.length);
      for (const [column, cell] of cells.entries()) {
        for (const word of wordsOf(cell, labels)) assert.ok(texts[column].includes(word), `${texts[column]}: ${word}`);
      }
    }
    const missing = await page.locator('.missing').innerText();
    for (const { department, point } of jointFollowUp.missing) {
      assert.ok(missing.includes(department.name) && missing.includes(point.title), missing);
    }
  },

  async 'a phone has the same as a list of cards'(portal) {
    const { labels, jointFollowUp } = await portal.ask('coordinator', QUERY, { year: 2017 });
    const { page } = await portal.open('/', { viewport: PHONE });
    assert.equal(await page.locator('table').count(), 0);
    for (const [index, { point, cells }] of jointFollowUp.points.entries()) {
      const card = page.locator('.cards section').nth(index);
      assert.ok((await card.locator('h2').innerText()).includes(point.title));
      const texts = await card.locator('li').allInnerTexts();
      for (const [place, cell] of cells.entries()) {
        for (const word of [cell.department.name, ...wordsOf(cell, labels)])
          assert.ok(texts[place].includes(word), word);
      }
    }
  },

  async 'where the table does not fit it scrolls, and not the page'(portal) {
    const { page } = await portal.open('/', { viewport: { width: 640, height: 900 } });
    const [table, box, whole, view] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.querySelector('.matrix');
      return [scrollWidth, clientWidth, document.documentElement.scrollWidth, innerWidth];
    });
    assert.ok(table > box && whole <= view, `table ${table} of ${box}, page ${whole} of ${view}`);
  },

  async 'a cell leads to the point in the department’s report'(portal) {
    const { page } = await portal.open('/');
    await page.locator('tbody tr').nth(1).locator('td a').first().click();
    await page.waitForSelector('.follow-up');
    assert.match(page.url(), /#\/reports\/KSF\?.*point=2/);
    await page.waitForFunction(() => document.activeElement?.id === 'follow-up-2');
  },

  async 'who may not see it is told so'(portal) {
    for (const [actor, words] of [
      ['performer-ksf', /ingen gemensam uppföljning/],
      ['', /Logga in/],
    ]) {
      const { page } = await portal.open('/', { actor });
      assert.match(await page.locator('.empty').innerText(), words);
      await page.waitForTimeout(1000);
      assert.equal(await page.getByRole('alert').count(), 0);
    }
  },
};
