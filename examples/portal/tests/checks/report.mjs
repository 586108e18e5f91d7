import assert from 'node:assert/strict';

const REPORT = '/#/reports/KSF?year=2017';

const QUERY = `{
  departmentReport(departmentCode: "KSF", year: 2017) {
    title
    contentHash
    case { number }
    followUps {
      number
      conclusion
      point { title }
      rating { label }
      checks { title }
      findings { title withheld { ground } }
      actions { title }
    }
    decisions { body section items { text } }
  }
}`;

export const report = {
  async 'a report has its points, checks, findings, actions and decisions'(portal) {
    const { departmentReport: answer } = await portal.ask('coordinator', QUERY);
    const { page } = await portal.open(REPORT);
    assert.equal(await page.locator('h1').innerText(), answer.title);
    const head = await page.locator('.report > .facts').innerText();
    assert.ok(head.includes(answer.case.number) && head.includes(answer.contentHash.slice(0, 12)), head);
    const sections = page.locator('.follow-up');
    assert.equal(await sections.count(), answer.followUps.length);
    for (const [index, followUp] of answer.followUps.entries()) {
      const text = await sections.nth(index).innerText();
      const { number, point, conclusion, rating, checks, findings, actions } = followUp;
      const written = [...checks, ...findings, ...actions].flatMap(({ title }) => title ?? []);
      for (const word of [`${number}. ${point.title}`, conclusion, rating.label, ...written]) {
        assert.ok(text.includes(word), `${text}\nlacks ${word}`);
      }
    }
  },

  async 'the decision has its § and what was decided'(portal) {
    const { departmentReport } = await portal.ask('coordinator', QUERY);
    const { page } = await portal.open(REPORT);
    const text = await page.locator('.decisions').innerText();
    assert.match(text, /Kommunstyrelsens arbetsutskott\s+§ 28/);
    for (const { body, items } of departmentReport.decisions) {
      for (const word of [body, ...items.map((item) => item.text)]) assert.ok(text.includes(word), word);
    }
  },

  async 'what is withheld says so, with its ground'(portal) {
    const { departmentReport } = await portal.ask('member-ks', QUERY);
    const withheld = departmentReport.followUps
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.withheld);
    assert.ok(withheld.length > 0, 'the demonstration withholds findings from member-ks');
    const { page } = await portal.open(REPORT, { actor: 'member-ks' });
    const shown = await page.locator('.follow-up').last().locator('.withheld').allInnerTexts();
    assert.ok(
      shown.some((text) => text.includes('Sekretess enligt OSL 18 kap. 8 §')),
      shown.join(),
    );
    const findings = page.locator('.evidence', { has: page.locator('h3', { hasText: 'Brister' }) });
    assert.match(await findings.locator('.withheld').innerText(), new RegExp(`${withheld.length} uppgifter`));
  },

  async 'who may read what is confidential reads it, with its warning'(portal) {
    const { page } = await portal.open(REPORT, { actor: 'controller-ksf' });
    assert.equal(await page.locator('.withheld').count(), 0);
    assert.match(await page.locator('.marked').first().innerText(), /Sekretessmarkerad: OSL 18 kap. 8 §/);
  },

  async 'a report that is not there and one that is not for the reader look the same'(portal) {
    const { page } = await portal.open(REPORT, { actor: '' });
    const hidden = await page.locator('.empty').innerText();
    const other = await portal.open('/#/reports/XYZ?year=2017');
    assert.equal(await other.page.locator('.empty').innerText(), hidden);
  },

  async 'the public reads what is published'(portal) {
    const { page } = await portal.open('/#/reports/UTB?year=2017', { actor: '' });
    assert.match(await page.locator('.report > .facts').innerText(), /Publicerad\s+8 februari 2018/);
  },

  async 'the list of reports leads to each'(portal) {
    const { page } = await portal.open('/#/reports?year=2017');
    assert.equal(await page.locator('.reports li').count(), 5);
    await page.locator('.reports a').first().click();
    await page.waitForSelector('.report');
    assert.match(page.url(), /#\/reports\/KSF/);
  },
};
