"""Searching 5,000 articles in four scripts: our help desk, rank-bm25, bm25s.

Run it with `python benchmarks/bench_support_search.py`. All three are given the same words, titles
three times. Ours also cuts snippets and names the words that were found.
"""

import time
from bisect import bisect
from collections.abc import Callable
from itertools import accumulate, count
from statistics import median

import bm25s
from rank_bm25 import BM25Okapi

from postpurchase.domain.draw import unit
from postpurchase.support import Article, HelpDesk, Library, tokens

ARTICLES, WORDS, QUESTIONS = 5_000, 120, 200
STEMS = ("knife", "चाकू", "ছুরি", "چاقو")
VOCABULARY = [f"{stem}{number}" for number in range(1_500) for stem in STEMS]
BOUNDS = list(accumulate(1 / (place + 20) for place in range(len(VOCABULARY))))
DRAWN = count()


def some(words: int) -> str:
    draws = (unit("bench", str(next(DRAWN))) * BOUNDS[-1] for _ in range(words))
    return " ".join(VOCABULARY[bisect(BOUNDS, draw)] for draw in draws)


def milliseconds(call: Callable[[str], object], questions: list[str]) -> float:
    times = []
    for question in questions:
        start = time.perf_counter()
        call(question)
        times.append(time.perf_counter() - start)
    return median(times) * 1e3


def main() -> None:
    """Print medians and ratios."""
    articles = tuple(
        Article(id=f"{number:05d}", title=some(4), text=some(WORDS)) for number in range(ARTICLES)
    )
    questions = [some(3) for _ in range(QUESTIONS)]
    desk = HelpDesk(library=Library(articles))
    start = time.perf_counter()
    desk.search("", locale="en")
    built = time.perf_counter() - start
    documents = [list(tokens(each.title) * 3 + tokens(each.text)) for each in articles]
    okapi = BM25Okapi(documents)
    lucene = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    lucene.index(documents, show_progress=False)
    ours = milliseconds(lambda question: desk.search(question, locale="en"), questions)
    theirs = milliseconds(
        lambda question: okapi.get_top_n(list(tokens(question)), articles, n=5), questions
    )
    array = milliseconds(
        lambda question: lucene.retrieve([list(tokens(question))], k=5, show_progress=False),
        questions,
    )
    print(f"built in {built:.2f} s; ours {ours:.2f}, rank-bm25 {theirs:.2f}, bm25s {array:.2f} ms")
    print(f"rank-bm25 / ours {theirs / ours:.1f}  at least 4;  bm25s / ours {array / ours:.2f}")


if __name__ == "__main__":
    main()
