/**
 * What customer and assistant do with a turn, in folded text, in the languages customers write most: patterns to be
 * found anywhere unless they say otherwise. Words stand alone unless a script has no blanks.
 */

/** A message that begins with yes. */
export const agreeing: string[] = [
  "yes|yeah|yea|yep|yup|ya|sure|ok|okay|alright|correct|right|fine|good|great|perfect|excellent|bingo|exactly|absolutely|definitely|of course|agreed|confirmed?|go ahead|please do|do it|book it|that(?:'s| is) (?:right|correct|fine|ok|okay|it|good|perfect)|that works|works for me|sounds",
  "si|claro|vale|de acuerdo|adelante|oui|d'accord|volontiers|ja|jawohl|klar|genau|gern\\p{L}*|passt|stimmt|richtig|sim|claro|isso|pode|va bene|certo|esatto|graag|klopt|prima|tak|dobrze|jasne|da|tamam|olur|evet|да|хорошо|верно|так|добре|نعم|أجل|तھیک|हाँ|हां|जी|ठीक|haan|han|theek|vang|co|iya|boleh|kylla|joo|ano",
];
export const agreeingAnywhere: string[] = ["好的|可以|对的|是的|行$|はい|お願いします|いいです$|네|예약해|좋아"];

/** A message that begins with no. */
export const refusing: string[] = [
  "no|nope|nah|naw|not|none|neither|never|don't|do not|i (?:don't|do not|didn't|am not|wouldn't)|i'm not|that(?:'s| is) (?:not|wrong|too|incorrect)|that isn't|it(?:'s| is) not|wrong|actually|maybe later|later|pass|skip",
  "nein|nicht|nee|niet|non|pas|nao|nie|nej|inte|ikke|ei|ne|hayir|yok|нет|не|ні|لا|ليس|नहीं|nahi|nahin|khong|tidak|bukan|nggak|ahora no|jetzt nicht|plus tard",
];
export const refusingAnywhere: string[] = [
  "^不|不是|不要|不用|没有|^没|いいえ|違い|ではなく|じゃなく|いらな|아니|싫|말고",
];

/** Begins like a refusal and is none. */
export const noRefusal: string[] = [
  "no (?:problem|worries|preference|rush|hurry|need to (?:rush|hurry)|matter)|not (?:bad|a problem)|never ?mind|ne (?:yapabilir|zaman|kadar)|actually,? (?:yes|that(?:'s| is) (?:fine|good|great))|da (?:wird|ist|habe|kann)",
];

/** The customer is done. */
export const closing: string[] = [
  "that(?:'s| is|s| was| will be|'ll be) (?:all|it|everything)|nothing (?:else|more)|no(?:thing)? more|i'?m (?:good|fine|done|all set|okay|ok)|all set|all good|i am (?:good|fine|done|all set)|not needed|bye|goodbye|good ?night|have a (?:nice|good|great)|eso es todo|nada mas|c'est tout|rien d'autre|das war(?:'s| alles| es)?|das ist alles|sonst nichts|tschuss|e so isso|mais nada|e tutto|nient'altro|dat was (?:het|alles)|to wszystko|это все|больше ничего|hepsi bu|det var allt",
];
export const closingAnywhere: string[] = ["没有了|没了|再见|以上です|他にはありません|없어요|그게 다"];

/** Thanks and praise. */
export const pleased: string[] = [
  "thank\\w*|thx|thnx|tks|ty|ta|cheers|appreciate\\w*|great|perfect|perfectly|awesome|excellent|wonderful|brilliant|fantastic|amazing|lovely|superb?|cool|nice|sweet|good|love (?:it|that|this)|happy with|(?:i|we) like (?:it|that|this|the)|works|worked|sounds (?:good|great|fine|nice|perfect|lovely|fun|like)|helpful|interesting|glad",
  "gracias|perfecto|genial|estupendo|muy bien|excelente|merci|parfait|super|tres bien|genial|danke\\w*|dankeschon|perfekt|prima|toll|wunderbar|klasse|obrigad[oa]|perfeito|otimo|maravilha|grazie|perfetto|ottimo|benissimo|bedankt|dank je|dank u|dankjewel|top|mooi|fijn|dziekuj\\p{L}*|swietnie|super|tesekkur\\p{L}*|harika|mukemmel|sag ?ol|спасибо|отлично|прекрасно|супер|дякую|чудово|شكرا\\p{L}*|ممتاز|رائع|धन्यवाद|शुक्रिया|बढ़िया|dhanyavaad|shukriya|tack|perfekt|jattebra|tak|kiitos|dekuji|diky|cam on|tuyet|terima kasih|makasih|bagus",
];
export const pleasedAnywhere: string[] = [
  "谢谢|謝謝|多谢|太好了|很好|不错|ありがとう|助かり|完璧|感謝|감사|고마|좋아요|좋습니다|완벽",
];

/** Asks for something else than what was offered. */
export const wantingOther: string[] = [
  "(?:any|some|something|anything|someone|anyone|somebody|somewhere|anywhere|what|who|where|which|the|a few|do you have|show me|give me|find|got|are there|all) (?:of the )?(?:more|others?|else|different|alternatives?)|another(?: one)?|other (?:options?|ones?|choices?|places?|times?|dates?|days?|\\p{L}+s)|(?:a|the|one) different|more (?:options?|choices?)|alternatives?|(?:the )?next(?: one)?\\?|(?:keep|continue) (?:looking|searching|going)|(?:look|search) (?:further|again|on)|not (?:interested|that one|this one|those|these|for me|what i|quite|really|into)|don't (?:like|want|need)|(?:is|are|be) there (?:any|one|a) (?:\\p{L}+er|less \\p{L}+)|anything (?:\\p{L}+er|less)|something (?:\\p{L}+er|less)|too (?:\\p{L}+)|instead|i'?d (?:rather|prefer)|i (?:would )?(?:rather|prefer)|what about|how about|none of",
  "otr[oa]s?|mas (?:barat\\p{L}+|opciones|tarde|temprano)|demasiado|d'autres?|autres?|moins cher|plutot|trop|ander(?:e|es|er|en|s)|noch (?:ein|was|etwas)\\p{L}*|gunstiger\\p{L}*|billiger\\p{L}*|lieber|zu (?:teuer|spat|fruh|weit|gross|klein)|altr[oiae]|troppo|piuttosto|outr[oa]s?|mais barat\\p{L}+|iets anders|goedkoper|te (?:duur|laat|vroeg)|inn(?:y|a|e|ego|ych)|tansz\\p{L}*|za (?:drogo|pozno)|друг(?:ой|ая|ое|ие|их|ую|ого)|подешевле|слишком|інш\\p{L}+|baska|daha (?:ucuz|erken|gec)|غير(?:ه|ها)?|آخر|أخرى|أرخص|दूसर[ाीे]|और कोई|सस्ता|annan|annat|andra|nagot annat|anden|andet|jin[yaeé]|toinen|khac|lain|yang lain",
];
export const wantingOtherAnywhere: string[] = [
  "其他|其它|别的|別的|换一|換一|还有.{0,4}吗|太贵|太晚|他に|別の|ほかの|もっと|다른|더 (?:싼|저렴)|말고",
];

/** Corrects what the assistant took down. */
export const correcting: string[] = [
  "i (?:said|meant|mean|asked|wrote|told|wanted|already|just)|as (?:i )?said|actually|instead|change (?:it|that|the)|(?:make|book) (?:it|that) (?:for|to|at|on)?|rather|should be|has to be|must be|wrong|incorrect|not (?:right|correct|good|it)|still (?:not|no|the|without|too|wrong)|did you (?:even )?read|try (?:it )?again|the other way",
  "dije|ya lo|mal|incorrecto|equivocad\\p{L}+|j'ai dit|faux|incorrect|sondern|falsch|ich sagte|ich habe (?:doch )?gesagt|eigentlich|eu disse|errado|ho detto|sbagliat\\p{L}+|ik zei|fout|mowilem|mowilam|zle|я (?:же )?(?:написал|сказал|говорил)\\p{L}*|неверно|неправильно|а не|yanlis|degil|قلت|خطأ|गलत|fel|jag sa|forkert",
];
export const correctingAnywhere: string[] = [
  "不是.{0,8}是|错了|說過|说过|刚才|剛才|ではなく|違います|さっき|아니라|틀렸|말했",
];

/** The assistant tried and did not manage, or found nothing, or did not understand. */
export const failing: string[] = [
  "(?:could|can|would|was|were|is|are|am|did|do|does|has|have)(?:n't|n t| not|not) (?:\\p{L}+ ){0,3}?(?:able|be (?:made|booked|done|processed|confirmed|completed|changed|cancelled|arranged|reached|found)|possible|successful|available|go through|work|find|found|get|book|make|reserve|process|complete|understand|understood|understand|catch|know|help|see|schedule|purchase|buy|confirm|arrange|change|answer)|unable|not (?:able|available|possible|successful|valid)|unsuccessful|failed|went wrong|(?:found|find) (?:no|none|nothing)|there (?:are|is) (?:none|nothing|no (?:\\p{L}+ )?(?:more|others?))|no (?:\\p{L}+ ){0,3}(?:available|found|results?|matches)|nobody is|nothing (?:found|available)|rephrase|(?:is|are) (?:taken|full|sold out|fully booked|closed)|already (?:taken|booked)|full today|error occurred",
  "no (?:puedo|pude|encontre|he (?:podido|encontrado)|entiendo|entendi|hay (?:mesas|plazas|nada)|disponible|esta disponible)|je n'ai pas (?:trouve|compris|pu)|je ne (?:peux|trouve|comprends)|pas (?:disponible|possible)|complet|konnte (?:\\p{L}+ ){0,3}nicht|kann (?:\\p{L}+ ){0,3}nicht|nicht (?:moglich|verfugbar|gefunden|verstanden)|keine? (?:\\p{L}+ ){0,2}(?:gefunden|frei|verfugbar)|ausgebucht|nao (?:consigo|consegui|encontrei|entendi|posso|ha|esta disponivel)|non (?:posso|ho trovato|riesco|ho capito|e disponibile)|tutto (?:pieno|esaurito)|niet (?:gevonden|mogelijk|beschikbaar|gelukt)|heb ik niets|nie (?:moge|znalazl\\p{L}+|rozumiem|udalo|jest mozliwe)|не (?:могу|удалось|нашел|нашла|найден\\p{L}*|понял\\p{L}*)|недоступн\\p{L}+|не (?:вдалося|можу|знайш\\p{L}+)|bulamadim|bulunamadi|yapamiyorum|anlayamadim|maalesef|لم (?:أجد|أستطع|أفهم)|لا (?:أستطيع|يمكنني|يوجد)|غير متاح|नहीं (?:मिल\\p{L}*|हो (?:सका|पाया)|कर सकता)|उपलब्ध नहीं|hittade (?:jag )?(?:inget|inga)|kunde inte|fullt|kunne ikke|ei loytynyt|nepodarilo|khong tim thay|tidak (?:bisa|dapat|ditemukan)",
];
export const failingAnywhere: string[] = [
  "没有找到|無法|无法|找不到|没有空|已满|售罄|できません|見つかりません|満席|わかりません|찾을 수 없|할 수 없|불가|매진",
];

/** News the customer would rather not have: no, sorry, not included. */
export const denying: string[] = [
  "^no\\b(?! (?:hurry|problem|worries|need|rush|trouble))|sorry|apolog\\p{L}+|unfortunately|afraid|regret|(?:is|are|does|do|has|have|can|was|were)(?:n't| not)|not (?:included|allowed|refundable|free|furnished)|non-refundable|without|instead of|only (?:at|on|in)|cannot|can't",
  "lo siento|lamento|desafortunadamente|desole|malheureusement|leider|tut mir leid|bedaure|desculpe|infelizmente|lamento|mi dispiace|purtroppo|helaas|het spijt|przepraszam|niestety|извините|к сожалению|на жаль|uzgunum|maalesef|عذرا\\p{L}*|آسف|للأسف|माफ|क्षमा|खेद|tyvarr|beklager|desvaerre|valitettavasti|bohuzel|xin loi|rat tiec|maaf",
];
export const denyingAnywhere: string[] = ["抱歉|对不起|對不起|很遗憾|申し訳|残念|죄송|유감"];

/** The assistant reports that it has done what was asked. */
export const achieved: string[] = [
  "(?:is|are|been|was|were|successfully|now|have|has|'ve|i|all) (?:\\p{L}+ ){0,2}?(?:booked|reserved|confirmed|made|ordered|purchased|bought|added|scheduled|sent|changed|cancelled|moved|completed?|approved|restored|arranged|paid|saved|set|done|shared|played|transferred|refunded)|success\\p{L}*|^(?:done|booked|reserved|confirmed|bought|changed|saved|ordered|playing)\\b|all (?:set|done)|on (?:its|their) way|(?:booking|reference) (?:number|code|id)|congrat\\p{L}*|enjoy (?:your|the|it)|^enjoy|you have a reservation|(?:reservation|booking|appointment) (?:complete\\p{L}*|confirmed|made)",
  "reservad[oa]s?|hech[oa]|confirmad[oa]|enviad[oa]|c'est (?:fait|reserve|confirme|note|envoye)|a ete (?:reserve|confirme|envoye)\\p{L}*|gebucht|reserviert|bestatigt|erledigt|verschickt|prenotat[oa]|confermat[oa]|fatto|geboekt|gereserveerd|bevestigd|geregeld|zarezerwowan\\p{L}+|potwierdzon\\p{L}+|gotowe|zrobione|забронирован\\p{L}*|оформлен\\p{L}*|готово|подтвержден\\p{L}*|заброньован\\p{L}*|rezerv\\p{L}+ (?:yapildi|tamam\\p{L}*)|hazir|onaylandi|تم|बुक हो गया|हो गय[ाी]|bokat|bokad|klart|booket|varattu|hotovo|da dat|sudah (?:dipesan|selesai)",
];
export const achievedAnywhere: string[] = [
  "已经为您|已为您|预订好|訂好|成功|予約しました|完了しました|承りました|예약되었|완료",
];

/** The assistant asks whether there is more to do. */
export const askingForMore: string[] = [
  "(?:any ?thing|something|what|some) (?:else|more|other)|any other (?:help|thing|way|question|request)|further|(?:need|require|want) (?:my|any|some|more) (?:\\p{L}+ )?(?:help|assistance)|(?:still|else) (?:need|help)|how (?:else )?(?:can|may) i (?:\\p{L}+ )?(?:help|assist)|(?:can|may|shall|could|would) i (?:\\p{L}+ ){0,4}(?:help|assist)(?: you)?(?: (?:\\p{L}+ )?(?:more|else|with (?:any|some|a different|another)))?",
  "algo mas|en que mas|autre chose|sonst noch|noch etwas|mais alguma|algo mais|qualcos'altro|altro\\?|nog iets|verder helpen|cos jeszcze|w czym jeszcze|еще (?:чем|что)\\p{L}*|чем еще|ще щось|baska bir|شيء آخر|और कुछ|nagot mer|noget andet|jotain muuta|jeste neco|gi nua|ada lagi",
];
export const askingForMoreAnywhere: string[] = ["还有(?:什么|其他)|其他.{0,4}帮|他に(?:何か|ご)|더 (?:필요|도와)"];

/** The assistant asks the customer to confirm what it took down. */
export const askingToConfirm: string[] = [
  "(?:please|you|to|just|let me|^) confirm(?!ed)\\p{L}*|(?:need|want) (?:\\p{L}+ )?confirm\\p{L}*|^confirm\\b(?!ed)|confirming|confirm (?:the following|that|your|whether)|is (?:that|this|it|everything) (?:right|correct|ok|okay|fine|accurate|alright)|(?:right|correct|yes|ok|okay|all right|is it|accurate)\\?|just to (?:confirm|check|be sure)|let me (?:clarify|confirm|check|make sure)|make sure|do you (?:confirm|agree)",
  "confirm\\p{L}+|correcto\\?|es correcto|c'est (?:bien )?(?:ca|correct|exact)|bestatig\\p{L}+|richtig\\?|stimmt das|correto\\?|certo\\?|conferm\\p{L}+|giusto\\?|klopt|bevestig\\p{L}+|potwierdz\\p{L}+|zgadza|подтвер\\p{L}+|верно\\?|правильно\\?|підтверд\\p{L}+|onayl\\p{L}+|dogru mu|تأكيد|صحيح|पुष्टि|सही (?:है)?\\?|bekrafta|stammer det",
];
export const askingToConfirmAnywhere: string[] = ["确认|確認|对吗|よろしいですか|맞나요|맞습니까"];

/** The assistant asks for a detail: whatever is said to it answers it. */
export const askingForDetails: string[] = [
  "(?:^|[.!,:;] *|(?:and|or|ok|okay|sure|please|tell me|so|great|you|from|at|on|for|to|in|by|under|until|till) )(?:what|which|where|when|who|whose|how (?:many|long|much|old|big|large|far)|que|cual|cuando|donde|cuantos|cuantas|quel|quelle|quels|quand|ou|combien|welche\\p{L}*|wann|wo|wohin|woher|wie (?:viele|lange|gross)|fur (?:wann|wie)|qual|quale|quando|onde|quantos|quanti|dove|a che ora|a quelle heure|a que hora|welke|wanneer|waar|hoeveel|voor (?:welke|wanneer)|kiedy|na kiedy|gdzie|ile|jaki\\p{L}*|o ktorej|когда|куда|откуда|сколько|какой|какая|какое|на какое|во сколько|коли|скільки|ne zaman|nereye|kac|saat kac\\p{L}*|hangi|متى|أين|كم|من أي|أي|कब|कहाँ|कितने|कौन|nar|vilken|hur manga|hvornar|hvor mange|milloin|kdy|kolik|khi nao|kapan|berapa)\\b[^.?]*\\?|(?:could|can|may|would) (?:you|i) (?:please )?(?:share|give|tell|provide|have|get|know|specify)[^?]*\\?|please (?:tell|give|specify|provide|share|enter|send)|(?:any|do you have (?:a|any)|what) preference|do you prefer|would you prefer|particular|(?:or|like) (?:something|anything|someone) else\\?",
  "soir\\?|abends\\?|утром или|sabah mi|सुबह या|من فضلك أخبرني",
];
export const askingForDetailsAnywhere: string[] = [
  "什么时候|哪[里儿个]|几[位点]|多少|请提供|いつ|どこ|何[名人時]|どの|どちら|언제|어디|몇|어느",
];
