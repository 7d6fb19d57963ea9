/**
 * Words that customers wrap a question in and that name no topic, beside the usual stop words, per language. Left
 * out of retrieval and of what an answer has to cover.
 */
export const fillers: Record<string, string[]> = {
  en: words(`
    please thanks thank you hello hi hey dear morning evening afternoon good day sir madam team guys folks
    want wants wanted like liked love need needs needed wish hoping hope hopefully try trying tried
    know knowing tell told say said says ask asking asked question questions wonder wondering wondered curious
    would could should might may can cannot must shall will let lets able possible possibly allowed
    get gets getting got gotten give go going goes come came take takes taking make makes making made put
    just still really actually basically simply quick quickly also even already maybe perhaps somehow
    way thing things stuff something anything someone anyone somebody anybody everything everyone one ones
    help helping assist info information explain understand see look looking find finding think thought guess
    sure ok okay well yes no right yeah yep nope hmm oh ah um
    us you your yours mine ours theirs he she they their them it its
    what whats which when where whos who whom whose why how hows much many often soon
    anyway exactly else though although since because if whether case happen happens happened
    lot lots bit little kind sort type types different
    currently now today recently lately later yet ever never always usually normally
    do does did done doing have has had having be been being am are was were is there here
    my me i we our a an the this that these those of to in on at for from with without by about into and or but
    keep kept having per via within during than then so too very more most less least another any some each every all both
    sell sells selling offer offers offering provide provides available
    saw seen times
  `),
  de: words(`
    bitte danke hallo guten tag morgen abend liebes team herr frau
    mochte mochten will wollte wurde wurden konnte konnten kann konnen darf durfen muss mussen soll sollte
    brauche brauchen hatte gern gerne wissen sagen fragen frage fragen gibt geben geht gehen machen mache
    wie was wann wo wer warum welche welcher welches wieviel wieso weshalb wohin woher ob
    eigentlich vielleicht noch mal schon doch auch nur sehr mehr etwas jemand irgendwie einfach genau
    ich du er sie es wir ihr mein meine meinen meinem meiner dein deine euer eure eurem euren ihre ihren ihnen uns mir mich
    habe haben hat bin ist sind war waren wird werden lassen lasst bekomme bekommen bieten biete anbieten
    man da dort hier jetzt heute gerade bald dann denn weil wenn falls
    viel viele passt passen hilft tun finde nehmt nehmen nimmt komme wohin seit euer euren einen seh sehe sieht schaue brauch welchen
    hilfe helfen kurz ja nein okay moglich bei ihnen euch pro
  `),
  fr: words(`
    bonjour bonsoir salut merci svp s'il vous plait madame monsieur equipe
    je tu il elle on nous vous ils elles mon ma mes ton ta tes votre vos notre nos leur leurs moi me
    veux voudrais voulais souhaite souhaiterais aimerais peux peut pouvez puis pourrais pourriez dois doit faut faire fait fais
    savoir sais dire demander question besoin aide aider avoir ai as avez a ete etre est sont suis etait
    comment combien quand ou qui que quoi quel quelle quels quelles pourquoi est-ce
    encore deja aussi tres plus moins peu quelque chose quelqu'un possible maintenant aujourd'hui
    donc alors si oui non ok d'accord juste vraiment y en se sa son ses ces cette cet ceci cela ca chez
    peut-on passe passer accepte acceptez acceptent prend prendre vais va aller vont porte sur dans pour depuis ou est-il est-elle t-il t-elle
    proposez offrez avez-vous vendez trouver trouve
  `),
  es: words(`
    hola buenos dias buenas tardes noches gracias por favor senor senora equipo
    yo tu usted ustedes el ella nosotros mi mis su sus nuestro me nos le les lo la
    quiero queria quisiera gustaria puedo puede pueden podria podrian debo tengo que hay hacer hago
    saber sabe decir preguntar pregunta necesito ayuda ayudar tener tiene tienen he ha han sido ser es son estoy esta estan
    como cuanto cuanta cuantos cuantas cuando donde quien que cual cuales por que
    todavia ya tambien muy mas menos algo alguien posible ahora hoy
    entonces si no vale solo realmente un una unos unas ofrecen venden encontrar encuentro
  `),
  it: words(`
    ciao buongiorno buonasera grazie per favore prego vorrei voglio posso puo potete potrei devo bisogno sapere dire chiedere
    domanda aiuto aiutare come quanto quanta quando dove chi che cosa quale quali perche ancora gia anche molto piu meno
    fare avere essere mio mia miei vostro vostra si no
  `),
  pt: words(`
    ola oi bom dia boa tarde noite obrigado obrigada por favor quero queria gostaria posso pode podem poderia preciso saber
    dizer perguntar pergunta ajuda ajudar como quanto quanta quando onde quem que qual quais porque ainda ja tambem muito
    mais menos fazer ter tenho tem meu minha meus voces sim nao
  `),
  nl: words(`
    hallo hoi goedemorgen goedemiddag dank dankjewel bedankt alstublieft graag wil wilde zou kan kunnen mag moet weten vragen
    vraag hulp helpen hoe hoeveel wanneer waar wie wat welke waarom nog al ook zeer meer minder iets iemand mogelijk nu
    heb hebben heeft ben is zijn mijn jullie jouw uw ja nee even
  `),
};

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
