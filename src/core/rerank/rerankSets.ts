/** Small sets of texts of which one alone answers the query: any reranker puts it first, far ahead of the others. */

export interface RerankSet {
  readonly language: "en" | "zh";
  readonly query: string;
  readonly documents: readonly string[];
  /** The place of the document that answers the query; neither first nor last, where a broken server may put it by chance. */
  readonly relevant: number;
}

/** English is the example of Qwen3-Reranker's own page. */
export const rerankSets: Readonly<Record<"en" | "zh", RerankSet>> = {
  en: {
    language: "en",
    query: "What is the capital of China?",
    documents: [
      "Bananas are yellow and rich in potassium.",
      "Water boils at 100 degrees Celsius at sea level.",
      "The capital of China is Beijing.",
      "He plays the violin every Sunday.",
    ],
    relevant: 2,
  },
  zh: {
    language: "zh",
    query: "中国的首都是哪里？",
    documents: [
      "香蕉是黄色的，富含钾。",
      "北京是中国的首都。",
      "水在海平面一百摄氏度沸腾。",
      "他每个星期天拉小提琴。",
    ],
    relevant: 1,
  },
};
