/**
 * Words of annoyance in folded text, per strength. `strong` is anger or despair at the help received, `mild` shows
 * that patience wears thin, `failing` says that the assistant is not helping: it counts as a failed answer, too.
 */
export const strong: string[] = [
  // en
  "useless|worthless|pathetic|ridiculous|unacceptable|outrageous|disgusting|appalling|incompetent|infuriating|atrocious|absurd",
  "(?:total|complete|utter|absolute|what a|such a) (?:joke|waste|mess|disgrace|nightmare|garbage|rubbish|crap|farce)",
  "(?:is|are) (?:you )?(?:a|such a) joke|(?:are you |you must be |you're )?(?:kidding|mocking|taking the piss)(?: me)?|making fun of me|(?:good|use|point) (?:are you|of you) for|what (?:are you|is this|is this thing) (?:even )?(?:good )?for|driving me (?:crazy|mad|nuts|insane)|can't take (?:this|it) any ?more",
  "waste of (?:my |everyone's )?time|wasting my time",
  "(?:fed up|sick (?:and tired )?of|had enough|lost (?:my )?patience|losing (?:my )?patience|so frustrat\\w+|(?:very|extremely|really|beyond) (?:angry|annoyed|frustrated|upset|disappointed)|i'm (?:angry|furious|livid|frustrated|annoyed|pissed))",
  "(?:worst|terrible|horrible|awful|dreadful|lousy) (?:\\w+ )?(?:service|support|experience|company|bot|chat|help|assistant|ever)",
  "wtf|ffs|for (?:god|heaven|fuck|christ)'?s?'? ?sake|bullshit|bs|fuck\\w*|shit\\w*|damn(?: it)?|crap|piece of (?:junk|garbage|crap)|stupid|idiot\\w*|moron\\w*|dumb|shut up|screw (?:you|this)|sucks?",
  "thanks for nothing|what a surprise|how many (?:more )?times|great job doing nothing",
  // es
  "desastre|tomando el pelo|burl\\w+ de mi|de broma|ridicul[oa]|inaceptable|verguenza|vergonzoso|estafa|porqueria|mierda|harto|harta|pesimo|pesima|basura|estupid[oa]|idiota|perdida de tiempo|perder el tiempo|indignante|joder|cono",
  // fr
  "vous (?:moquez|fichez|foutez) de moi|te (?:moques|fiches|fous) de moi|desastre|inutile|nul(?:le)?s?|ridicule|inadmissible|inacceptable|scandaleux|honteux|n'importe quoi|marre|ras le bol|perdre (?:mon|du) temps|perte de temps|merde|putain|foutage de gueule|incompetents?|lamentable|c'est une blague",
  // de
  "veralbern|verarsch\\w*|verappeln|veraeppeln|zum narren|uberhaupt nichts|zum verzweifeln|nutzlos|lacherlich|laecherlich|unverschamt\\w*|unverschaemt\\w*|frechheit|zeitverschwendung|schwachsinn|bloed\\w*|blod\\w*|scheiss\\w*|verdammt|sauladen|unfassbar|inakzeptabel|katastrophe|witz|es reicht|schnauze voll|satt|wutend|genervt|unfahig",
  // pt
  "brincadeira|de sacanagem|zoando (?:com )?a? ?minha|desastre|inutil|ridiculo|absurdo|palhacada|inaceitavel|vergonha|porcaria|merda|cansad[oa] de|cansei|lixo|pessim[oa]|perda de tempo|perdendo (?:meu )?tempo|saco cheio|descaso|piada",
  // it
  "prend\\w+ in giro|disastro|inutile|ridicol[oa]|vergogn\\w+|inaccettabile|schifo|pessimo|perdita di tempo|perdere tempo|stufo|stufa|scandaloso|cazzo|merda|incapaci|assurdo|barzelletta|non ne posso piu",
  // nl
  "gek (?:word|van)|word(?: ik)? (?:echt |hier )*gek|voor de gek|ramp|waardeloos|belachelijk|nutteloos|tijdverspilling|schandalig|onacceptabel|zat|stom|kut\\w*|verdomme|slecht\\w* service|irritant|om gek van te worden",
  // pl
  "bezuzyteczn\\w+|zenada|zenujac\\w+|skandal|beznadziej\\w+|strata czasu|kpina|kurwa|do niczego|absurd|niedopuszczalne|mam dosc|zart",
  // tr
  "rezalet|sacmalik|ise yaramaz\\p{L}*|yeter artik|biktim|berbat|kepazelik|aptal|zaman kaybi|dalga mi geciyor\\p{L}*|sinir\\p{L}*",
  // ru, uk
  "бесполезн\\p{L}+|безобрази\\p{L}+|ужас\\p{L}*|издевательств\\p{L}+|идиот\\p{L}*|тупо\\p{L}*|бред|надоел\\p{L}*|достал\\p{L}*|позор|кошмар|пустая трата|марна трата|жах|ганьба|марн\\p{L}+",
  // ar, hi
  "غير مقبول|سخيف|فاشل\\p{L}*|مهزلة|زهقت|مللت|تضييع وقت|عديم الفائدة|بلا فائدة|بلا فايدة|أسوأ|اسوأ",
  "मज़ाक|मज़ाक|mazak|बार-बार|बेकार|बकवास|घटिया|परेशान|तंग|bakwas|bekar|ghatiya|pareshan|faltu",
  // sv, da, fi, cs, vi, id
  "vardelost|lojligt|skandal\\p{L}*|oacceptabelt|trott pa|vaerdilost|ubrugelig\\p{L}*|latterligt|traet af|surkea\\p{L}*|hyodyton\\p{L}*|naurettava\\p{L}*|perkele|vittu|k nicemu|hruza|ztrata casu|smesne|vo dung|vo ich|that vong|buc minh|te qua|tidak berguna|ga guna|payah|mengecewakan|parah|kecewa",
];

/** Scripts without blanks: found anywhere. */
export const strongAnywhere: string[] = [
  "没用|沒用|垃圾|废物|廢物|太差|浪费时间|浪費時間|烦死|煩死|气死|氣死|无语|無語|受够|受夠|什么玩意",
  "話にならな|話になりません|同じことばかり|馬鹿にし|バカにし|役に立たない|ふざけ|最悪|いい加減|時間の無駄|もううんざり|使えない|ひどい|イライラ",
  "쓸모없|짜증|최악|장난하|답답|어이없|화나|열받|시간 ?낭비",
];

export const mild: string[] = [
  "annoy\\w+|frustrat\\w+|disappoint\\w+|irritat\\w+|confus(?:ed|ing)|come on|seriously|unbelievable|forget it|never ?mind|i give up|giving up|whatever|this is taking (?:forever|ages)|still (?:not|no|nothing|waiting)|again|hopeless|not good enough|poor (?:service|support)|what is wrong with you|really\\?",
  "otra vez|de nuevo|olvidalo|dejalo|decepcion\\w*|en serio|encore(?: une fois)?|laisse[rz]? tomber|oubliez|decu\\w*|serieusement|schon wieder|immer noch|vergiss es|vergessen sie es|enttausch\\w+|im ernst|de novo|outra vez|esquece|deixa pra la|decepcionad[oa]|ancora|lascia(?:mo)? (?:stare|perdere)|delus[oa]|alweer|nog steeds|laat maar|teleurgesteld|znowu|niewazne|rozczarowan\\w+|yine|bosver\\p{L}*|hayal kirikligi|опять|снова|забудьте|разочарован\\p{L}*|знову|مرة أخرى|مرة اخرى|फिर से|phir se|igen|glom det|glem det|taas|unohda|zase|lai nua|thoi bo di|lagi|sudahlah",
];

export const failing: string[] = [
  "(?:you|this|it|bot|that|this bot|this thing|this chat)(?:'re| are|'s| is)? (?:really |just |clearly |obviously )?(?:not|n't|never) (?:even )?(?:help\\w*|answer\\w*|listen\\w*|understand\\w*|work\\w*|read\\w*|getting|get)",
  "(?:isn't|aren't|doesn't|don't|didn't|can't|won't|not|no) (?:\\w+ )?(?:help(?:ing|ful|s)?(?: me| at all)?|answer(?:ing|ed)? (?:my|the|me|anything)|listening|understand(?:ing)?(?: me| anything| what)?|what i asked|my question|even reading)",
  "(?:i |i've |have )?(?:already|just) (?:told|said|asked|explained|tried|did|answered|gave|given|wrote|done)(?: that| this| you| it)?|i (?:told|asked) you|as i said|like i said|keep (?:repeating|saying|asking|giving|sending)|same (?:answer|thing|reply|response|link|question) (?:again|over|every)|(?:going|talking|running) in circles|over and over|answer (?:my|the) (?:\\w+ )?question|you'?(?:re| are) (?:useless|no help)|no help|unhelpful|(?:nobody|no one|noone)(?: is| ever|'s)? (?:answer\\w*|help\\w*|listen\\w*|repl\\w+)|not what i (?:asked|said|meant)|read what i|didn't (?:work|solve|help)|for the (?:second|third|fourth|hundredth|last|\\d+\\w*) time|asked (?:you )?(?:this )?(?:twice|\\w+ times)|can you even read",
  "no me (?:ayuda\\w*|entiende\\w*|sirve|resuelve\\w*)|ya (?:te|le|se lo|os) (?:he )?dij\\w+|ya lo dije|no sirve\\w*(?: para nada)?|siempre lo mismo|no (?:contest|respond)\\w+",
  "ne (?:m')?aide[zs]?\\w* pas|(?:m'aide\\w*|comprene\\w*|comprend\\w*|repond\\w*|sert) (?:pas|a rien)|je (?:vous |t')?(?:l')?ai deja (?:dit|explique|demande)|deja dit|toujours la meme",
  "hilft (?:mir )?(?:\\w+ )?nicht|(?:hilfst|helfen|verstehst|verstehen) (?:\\w+ ){0,2}nicht|habe ich (?:\\w+ ){0,2}(?:schon|bereits)|hab ich doch (?:schon )?gesagt|bereits gesagt|schon (?:gesagt|gefragt|erklart)|immer (?:die|das) (?:gleiche|selbe)|bringt (?:mir )?nichts|keine hilfe",
  "nao (?:esta |ta )?(?:me )?(?:ajud\\w+|entend\\w+|respond\\w+|resolv\\w+|adianta|serve)|ja (?:te |lhe )?(?:disse|falei|expliquei)|sempre a mesma",
  "non (?:mi )?(?:sta[i]? )?(?:aiut\\w+|capi\\w+|rispond\\w+|serve)|l'ho gia (?:detto|scritto|spiegato)|gia detto|sempre la stessa",
  "(?:je|dit|jullie|u) help\\w* (?:me |mij )?(?:\\w+ )?niet|helpt niet|heb ik (?:al|net) gezegd|begrijp\\w* (?:me |mij |het )?niet|steeds hetzelfde",
  "nie pomaga\\w*|nie rozumie\\w*|juz (?:to )?(?:mowil\\w*|pisal\\w*|pytal\\w*)|yardimci olm\\p{L}+|anlam[ıi]yor\\p{L}*|(?:soyledim|sordum) (?:zaten|ya)|zaten (?:soyledim|sordum)",
  "не помога\\p{L}+|не понима\\p{L}+|уже (?:говорил|писал|сказал|спрашивал)\\p{L}*|одно и то же|не допомага\\p{L}+|вже (?:казав|казала|писав|питав)\\p{L}*",
  "لا تفهم\\p{L}*|لا يساعد\\p{L}*|قلت لك|ما فهمت|madad nahi|samajh nahi|मदद नहीं|समझ नहीं|bola na|pehle (?:bhi )?bata\\p{L}*|hjalper (?:mig )?inte|har redan sagt|hjaelper (?:mig )?ikke|har allerede sagt|ei auta|sanoin jo|nepomaha\\p{L}*|uz jsem (?:rikal|psal)\\p{L}*|khong giup|noi roi|tidak membantu|sudah bilang|ga (?:bantu|ngerti)",
];

export const failingAnywhere: string[] = [
  "听不懂|聽不懂|看不懂|说过了|說過了|答非所问|答非所問|解决不了|没有帮助|沒有幫助|问了.{0,4}遍",
  "何度も|さっきも|もう言った|答えになって|わかってない|解決しない",
  "도움이 ?안|몇 ?번|이미 ?말|못 ?알아|해결이 ?안|말이 ?안 ?통",
];

/** Idioms and compliments that only look like annoyance. */
export const notAnnoyed: string[] = [
  "no worries|no problem|not (?:at all )?(?:annoyed|angry|upset)|don't worry|stupid question|dumb question|silly question|my (?:bad|fault|mistake)|damn (?:good|nice|fast)|never mind,? (?:i )?(?:found|got|solved|figured)|insanely good|(?:damn|shit|holy shit|fuck(?: yes)?|hell yeah?|crap|insane|wow),? (?:that|this|it|you)(?:'s|'re| was| is| are)? (?:\\w+ )?(?:good|nice|fast|quick|great|easy|amazing|awesome|cool|perfect|impressive|brilliant|worked|smart|helpful)",
];

/** The customer is content: earlier failures count no longer. */
export const content: string[] = [
  "(?:that|it|this) (?:worked|works|helped|helps|solved it|fixed it|did it)|(?:works|working|solved|fixed|sorted) now|problem solved|perfect|great,? thank\\w*|thank(?:s| you)(?: so much| very much| a lot)?|awesome|brilliant|excellent|that'?s (?:great|perfect|it|all)|got it|gracias|merci|danke|obrigad[oa]|grazie|dank je|bedankt|dziekuje|tesekkur\\p{L}*|спасибо|дякую|شكرا|धन्यवाद|dhanyavaad|shukriya|谢谢|謝謝|ありがとう|감사|고마워|tack|tak|kiitos|dekuji|cam on|terima kasih",
];
