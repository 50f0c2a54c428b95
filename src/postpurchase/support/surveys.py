"""Surveys that are ready to be asked: after help, after the checkout, and now and then.

Their words are drafts that wait for somebody who reads each language natively. A survey is plain
data: a shop dumps one, changes what it likes and loads it again.
"""

from typing import Final

from postpurchase.domain.pairs import Pairs
from postpurchase.support.survey import Scale, Survey, SurveyQuestion

_MUCH: Final = Scale(
    least=Pairs(en="not at all", hi="बिल्कुल नहीं", ur="بالکل نہیں", bn="একেবারেই নয়"),
    most=Pairs(en="very", hi="बहुत", ur="بہت زیادہ", bn="খুবই"),
)
_EASE: Final = Scale(
    least=Pairs(en="very hard", hi="बहुत मुश्किल", ur="بہت مشکل", bn="খুব কঠিন"),
    most=Pairs(en="very easy", hi="बहुत आसान", ur="بہت آسان", bn="খুব সহজ"),
)

SERVICE: Final = Survey(
    name="service",
    questions=(
        SurveyQuestion(
            id="solved",
            words=Pairs(
                en="Did we solve your problem?",
                hi="क्या आपकी समस्या हल हो गई?",
                ur="کیا آپ کا مسئلہ حل ہو گیا؟",
                bn="আপনার সমস্যার কি সমাধান হয়েছে?",
            ),
            scale=Scale(
                highest=3,
                least=Pairs(en="no", hi="नहीं", ur="نہیں", bn="না"),
                most=Pairs(
                    en="yes, all of it",
                    hi="हाँ, पूरी तरह",
                    ur="جی ہاں، پوری طرح",
                    bn="হ্যাঁ, পুরোপুরি",
                ),
            ),
        ),
        SurveyQuestion(
            id="satisfaction",
            words=Pairs(
                en="How satisfied are you with the help you got from us?",
                hi="हमारी मदद से आप कितने संतुष्ट हैं?",
                ur="ہماری مدد سے آپ کو کتنا اطمینان ہے؟",
                bn="আমাদের সাহায্যে আপনি কতটা সন্তুষ্ট?",
            ),
            scale=_MUCH,
        ),
        SurveyQuestion(
            id="effort",
            words=Pairs(
                en="How easy was it to get help?",
                hi="मदद पाना आपके लिए कितना आसान था?",
                ur="مدد حاصل کرنا آپ کے لیے کتنا آسان تھا؟",
                bn="সাহায্য পাওয়া আপনার জন্য কতটা সহজ ছিল?",
            ),
            scale=_EASE,
        ),
        SurveyQuestion(
            id="speed",
            words=Pairs(
                en="How fast did we answer?",
                hi="हमने कितनी जल्दी उत्तर दिया?",
                ur="ہم نے کتنی جلدی جواب دیا؟",
                bn="আমরা কত দ্রুত উত্তর দিয়েছি?",
            ),
            scale=Scale(
                least=Pairs(en="very late", hi="बहुत देर से", ur="بہت دیر سے", bn="খুব দেরিতে"),
                most=Pairs(en="very fast", hi="बहुत जल्दी", ur="بہت جلدی", bn="খুব দ্রুত"),
            ),
        ),
        SurveyQuestion(
            id="manner",
            words=Pairs(
                en="How polite and understanding were we?",
                hi="हमारी बातचीत कितनी शिष्ट और सहानुभूतिपूर्ण थी?",
                ur="ہماری گفتگو کتنی شائستہ اور ہمدردانہ تھی؟",
                bn="আমাদের ব্যবহার কতটা ভদ্র ও সহানুভূতিশীল ছিল?",
            ),
            scale=_MUCH,
        ),
        SurveyQuestion(
            id="better",
            words=Pairs(
                en="What could we have done better?",
                hi="हम क्या बेहतर कर सकते थे?",
                ur="ہم کیا بہتر کر سکتے تھے؟",
                bn="আমরা আর কী ভালো করতে পারতাম?",
            ),
        ),
    ),
)
"""After a ticket: solved, satisfaction, effort, speed, manner, and what could be better."""

RELATIONSHIP: Final = Survey(
    name="relationship",
    questions=(
        SurveyQuestion(
            id="recommend",
            words=Pairs(
                en="How likely are you to recommend us to a friend?",
                hi="इसकी कितनी संभावना है कि आप किसी मित्र को हमारी दुकान सुझाएँ?",
                ur="اس کا کتنا امکان ہے کہ آپ کسی دوست کو ہماری دکان تجویز کریں؟",
                bn="কোনো বন্ধুকে আমাদের দোকানের কথা বলার সম্ভাবনা কতটা?",
            ),
            scale=Scale(
                lowest=0,
                highest=10,
                least=Pairs(en="not at all", hi="बिल्कुल नहीं", ur="بالکل نہیں", bn="একেবারেই নয়"),
                most=Pairs(en="certainly", hi="निश्चित रूप से", ur="یقیناً", bn="নিশ্চিতভাবে"),
            ),
        ),
        SurveyQuestion(
            id="products",
            words=Pairs(
                en="How satisfied are you with what you bought?",
                hi="आपने जो खरीदा, उससे आप कितने संतुष्ट हैं?",
                ur="آپ نے جو خریدا، اس سے آپ کو کتنا اطمینان ہے؟",
                bn="আপনি যা কিনেছেন, তাতে কতটা সন্তুষ্ট?",
            ),
            scale=_MUCH,
        ),
        SurveyQuestion(
            id="service",
            words=Pairs(
                en="How satisfied are you with our service?",
                hi="हमारी सेवा से आप कितने संतुष्ट हैं?",
                ur="ہماری سروس سے آپ کو کتنا اطمینان ہے؟",
                bn="আমাদের সেবায় আপনি কতটা সন্তুষ্ট?",
            ),
            scale=_MUCH,
        ),
        SurveyQuestion(
            id="better",
            words=Pairs(
                en="What should we do better?",
                hi="हमें क्या बेहतर करना चाहिए?",
                ur="ہمیں کیا بہتر کرنا چاہیے؟",
                bn="আমাদের আর কী ভালো করা উচিত?",
            ),
        ),
    ),
)
"""Now and then: whether they would recommend the shop, what they think of goods and service."""

CHECKOUT: Final = Survey(
    name="checkout_ease",
    questions=(
        SurveyQuestion(
            id="ease",
            words=Pairs(
                en="Did you find the checkout process easy?",
                hi="क्या आपको ऑर्डर पूरा करना आसान लगा?",
                ur="کیا آپ کو آرڈر مکمل کرنا آسان لگا؟",
                bn="অর্ডার সম্পূর্ণ করা কি আপনার কাছে সহজ মনে হয়েছে?",
            ),
            scale=_EASE,
        ),
        SurveyQuestion(
            id="changes",
            words=Pairs(
                en="What changes in the checkout process would make it easier for you?",
                hi="ऑर्डर पूरा करने में क्या बदलने से आपके लिए आसानी होगी?",
                ur="آرڈر مکمل کرنے میں کیا بدلنے سے آپ کے لیے آسانی ہوگی؟",
                bn="অর্ডার সম্পূর্ণ করার ধাপে কী বদলালে আপনার সুবিধা হবে?",
            ),
        ),
    ),
)
"""After an order: whether the checkout was easy, and what would make it easier."""
