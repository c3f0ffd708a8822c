"""How a program without a status of its own refuses: in words."""

import re

# How a language model says in ordinary words that it cannot answer from what it was given.
_REFUSAL = re.compile(
    r"""
    \b(?: (?:do|does|did)\ (?:not|n't) | (?:don|doesn|didn)['’]t )\ (?:\w+\ )?
        (?: know | say | state | mention | contain | provide | specify | include | indicate
          | have\ (?:any\ |enough\ |sufficient\ )?information | give | address )
  | \b(?: no | insufficient | not\ enough )\ (?:\w+\ )?(?: information | mention | evidence )
  | \b(?: cannot | can['’]t | could\ not | unable\ to | not\ possible\ to )\ (?:be\ )?
        (?: answer | determine | find | provide | say | tell )
  | \b(?: is | are | was | were )(?:\ not|n['’]t)\ (?:\w+\ )?
        (?: mentioned | provided | specified | stated | given | available | known | clear
          | indicated | included )
  | ^\s*(?: empty\ response | unknown | none )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_refusal(text: str) -> bool:
    """Whether the text says, in ordinary words, that it does not answer."""
    return not text.strip() or bool(_REFUSAL.search(text))
