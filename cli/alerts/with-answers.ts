import { Answers } from '../../dashboard/queries/answers.js';
import { LakeStore } from '../../dashboard/queries/lake-store.js';
import { lakeUrl } from '../lake-url.js';

/** Opens a lake for questions, and closes it whatever happens. */
export async function withAnswers<T>(lake: string, work: (answers: Answers) => Promise<T>): Promise<T> {
  const store = new LakeStore(lakeUrl(lake));
  try {
    await store.refresh();
    return await work(new Answers(store, Date.now));
  } finally {
    await store.close();
  }
}
