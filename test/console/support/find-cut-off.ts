import { type Page } from 'playwright-core';
import { z } from 'zod';

/**
 * Finds what does not fit a page's width: the page itself, a box that scrolls sideways or cuts its content off, what reaches beyond the
 * edge, and a table that is wider than its box: on a small screen its rows are cards. Left out are a region that scrolls and can be
 * reached by keyboard and by name, and a text that ends in dots.
 */
export async function findCutOff(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate(FIND));
}

/** It runs in the page, where no type of ours is known. */
const FIND = `(() => {
  const width = window.innerWidth;
  const name = (element) =>
    element.tagName.toLowerCase() + ' ' + element.className + ' ' + element.textContent.slice(0, 40);
  const isHidden = (element) =>
    element.closest('.visually-hidden, [aria-hidden="true"]') !== null || !element.checkVisibility();
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const isRegion = (element) => element.tabIndex >= 0 && element.hasAttribute('aria-label');
  const isTooWide = (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
  const isInRegion = (element) => {
    for (let box = element.parentElement; box !== null; box = box.parentElement) {
      if (scrolls(box) && isRegion(box)) return true;
    }
    return false;
  };
  const cutsOff = (element) => {
    const { overflowX, textOverflow } = getComputedStyle(element);
    if (!isTooWide(element) || overflowX === 'visible' || textOverflow === 'ellipsis') return false;
    return !scrolls(element) || !isRegion(element);
  };
  const found = [...document.body.querySelectorAll('*')].flatMap((element) => {
    if (isHidden(element)) return [];
    if (cutsOff(element)) return ['cut off in ' + name(element)];
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && !isInRegion(element) ? ['beyond the edge: ' + name(element)] : [];
  });
  const tables = [...document.querySelectorAll('table')].flatMap(({ parentElement }) =>
    isTooWide(parentElement) ? ['a table that scrolls: ' + parentElement.ariaLabel] : [],
  );
  const whole = document.scrollingElement.scrollWidth;
  return [...(whole > width ? ['the page is ' + whole + ' px wide'] : []), ...found, ...tables];
})()`;
