import type { ReportContent } from "../../src/report/schema.ts";

interface Topic {
  readonly label: string;
  readonly sentences: readonly string[];
}

/** What the sample's requests and rows are about. */
export const TOPICS: readonly Topic[] = [
  {
    label: "late delivery",
    sentences: [
      "My parcel was due on Tuesday and the tracking page has not moved since.",
      "The courier says delivered, but nothing is at my door.",
    ],
  },
  {
    label: "refund",
    sentences: [
      "I sent the kettle back two weeks ago and still wait for the money.",
      "How long does a refund to a debit card take?",
    ],
  },
  {
    label: "card declined",
    sentences: [
      "The checkout refuses my card although the bank sees no problem.",
      "Payment failed three times, was I charged?",
    ],
  },
  {
    label: "change address",
    sentences: [
      "I moved last month, please send the order to the new flat.",
      "Can I change the address after I paid?",
    ],
  },
  {
    label: "damaged item",
    sentences: ["The lamp came out of the box with a cracked shade.", "One of six plates arrived broken."],
  },
  {
    label: "opening hours",
    sentences: ["Is the Harbour Street shop open on Sunday?", "Until when can I collect my order tonight?"],
  },
  {
    label: "password",
    sentences: ["The reset mail never arrives.", "I am locked out of my account after five tries."],
  },
];

const NAMES = [
  "Amina Diallo",
  "Bogdan & Söhne",
  "Chandra Weaving Cooperative of the Upper Valley",
  "Dmitri V.",
  "Eszter Kovács",
  "Fatou N’Diaye",
  "Gwen Price",
  "Hiroshi 田中",
  "Inés Ruiz",
  "ליאור כהן",
  "Kofi Mensah",
  "Lucía Fernández",
];

export const sampleName = (position: number): string =>
  position < NAMES.length ? NAMES[position]! : `Contributor ${position}`;

const GLYPHS = [
  "00111100 01100110 11000011 11000011 11000011 11000011 01100110 00111100",
  "00011000 00111000 01111000 00011000 00011000 00011000 00011000 01111110",
  "00111100 01100110 00000110 00001100 00011000 00110000 01100000 01111110",
  "01111100 00000110 00000110 00111100 00000110 00000110 00000110 01111100",
  "00001100 00011100 00111100 01101100 11001100 11111110 00001100 00001100",
  "01111110 01100000 01100000 01111100 00000110 00000110 01100110 00111100",
  "00011100 00110000 01100000 01111100 01100110 01100110 01100110 00111100",
];

/** The label of a topic: its words, or the digit that its picture shows. */
export const sampleLabel = (kind: "text" | "numeric", topic: number): string =>
  kind === "text" ? TOPICS[topic]!.label : String(topic);

/** A sentence of the topic, or an 8×8 picture of its number with some noise in the ink. */
export function sampleContent(kind: "text" | "numeric", topic: number, random: () => number): ReportContent {
  if (kind === "text") {
    const { sentences } = TOPICS[topic]!;
    return { kind: "text", text: sentences[Math.floor(random() * sentences.length)]! };
  }
  const values = [...GLYPHS[topic]!.replaceAll(" ", "")].map((bit) =>
    bit === "1" ? 9 + Math.floor(random() * 8) : Math.floor(random() * 2.5),
  );
  return { kind: "numeric", values, shape: [8, 8] };
}
