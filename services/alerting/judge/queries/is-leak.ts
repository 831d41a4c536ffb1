/** Whether an alert is about a leak and not only a missing disclosure, from the table `alert` under the name `a`. */
export const IS_LEAK = `(a.violation IS DISTINCT FROM 'missing-disclosure')`;
