/** How it is said that answers are certain beyond float32, and what follows. */
export const certainWords = (certain: number, answers: number): string =>
  `${certain} of ${answers} answers ${certain === 1 ? "is" : "are"} certain in float32 (probability 1): such an answer's trace says next to nothing of who taught it`;
