/** The id of a follow-up's heading, by its number in the plan. */
export const placeOf = (number: number) => `follow-up-${number}`;

/** Takes the reader to a follow-up of the report that is shown. */
export function goToFollowUp(number: number): void {
  const heading = document.getElementById(placeOf(number));
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'start' });
}
