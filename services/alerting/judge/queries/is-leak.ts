/** Whether an alert is about a leak: where only the disclosure is missing, it is not. Of the table `alert` under the name `a`. */
export const IS_LEAK = `(a.violation IS DISTINCT FROM 'missing-disclosure')`;
