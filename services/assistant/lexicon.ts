import { type Language, wordsOf } from "./language";

/**
 * What customers say and what help centres write, for the same thing. Each line is one concept; its phrases are
 * looked for in place of one another. Words whose meaning depends on the shop are left out.
 */
const concepts: Record<string, string> = {
  en: `
    return, returns, send back, give back, bring back, take back, ship back, returned
    refund, money back, reimburse, reimbursement, pay back, paid back, get my money
    delivery, deliver, delivered, shipping, ship, shipped, shipment, dispatch, arrive, arrives, arrival, get here
    parcel, package, packet
    cost, costs, price, prices, fee, fees, charge, charges, expensive, cheap, pay
    free, no cost, gratis
    cancel, cancellation, call off
    change, modify, edit, alter, amend, update, correct
    damaged, broken, faulty, defective, smashed, cracked, fault, defect, shattered, stopped working, not working, does not work, died
    warranty, guarantee
    wash, washing, launder, laundry, washable, washing machine
    clean, cleaning, stain, stains
    curtain, curtains, drapes, drape
    bulb, bulbs, light bulb, lightbulb
    dim, dimmed, dimmer, dimmable, dimming
    discount code, voucher, coupon, promo code, promotional code, discount
    gift card, gift voucher, gift certificate, giftcard
    pay, payment, payments, paid, paying, checkout
    instalments, installments, instalment, pay later, pay monthly
    opening hours, open, opening, close, closing time, hours
    shop, shops, store, stores, branch, showroom
    telephone, phone, call, phone number
    e-mail, email, mail
    contact, reach, get in touch, customer service, support team
    password, passcode
    sign in, log in, login, signin, log on
    account, profile
    delete, remove, erase
    tracking, track, follow, whereabouts, where is my
    invoice, receipt, bill
    exchange, swap
    collect, pick up, pickup, click and collect, collecting
    expire, expires, expired, expiry, valid, validity, run out
    iron, ironing
    shrink, shrinks, shrinkage, shrunk
    dryer, tumble dry, tumble dryer, drying, dry
    bedding, bed linen, sheets, bedclothes, duvet cover
    order, purchase, bought, buy, ordered
    late, delayed, delay, overdue, has not arrived, not arrived
    lost, missing, gone astray
    size, sizes, dimensions, measurements
    measure, measuring
    newsletter, mailing list, marketing mails
    unsubscribe, opt out, stop receiving
    personal data, privacy, gdpr
    points, loyalty, rewards
    abroad, international, overseas, other countries, foreign
    flicker, flickering, flickers, blinking, blinks
    balance, left on, remaining
    address, addresses
    declined, refused, rejected, failed
    wrong, incorrect, mistake, typo
    forgot, forgotten, forget, can't remember, cannot remember, don't remember
    come from, comes from, origin, made in, woven, produced, manufactured
    extra, additional, in addition, surcharge
    instructions, manual, guide
    friend, somebody else, someone else, another person
    temperature, degrees, hot, warm
    damaged in transit, arrived damaged, arrived broken
    repair, fix, mend, repaired
    replace, replacement, new one
    spare part, spare parts
    guest, without an account, without account
    company, business
    weekend, saturday, sunday
    fast, quick, express, urgent
  `,
  de: `
    zurückgeben, zurückschicken, zurücksenden, rücksendung, rückgabe, retoure, retournieren, umtauschen, umtausch
    erstattung, rückerstattung, geld zurück, erstatten, erstattet, rückzahlung
    lieferung, versand, liefern, geliefert, lieferzeit, versenden, verschicken, zustellung, ankommen, angekommen, sendung
    paket, päckchen, sendung, karton
    kosten, kostet, preis, gebühr, gebühren, teuer, versandkosten
    kostenlos, gratis, umsonst, frei
    stornieren, abbestellen, stornierung, widerrufen
    ändern, änderung, anpassen, aktualisieren, wechseln
    beschädigt, kaputt, defekt, fehlerhaft, zerbrochen, funktioniert nicht
    garantie, gewährleistung
    waschen, wäsche, waschbar, waschmaschine, gewaschen
    reinigen, reinigung, putzen, säubern
    vorhang, vorhänge, gardine, gardinen
    glühbirne, glühbirnen, leuchtmittel, birne, lampe birne
    dimmen, dimmbar, dimmer, gedimmt
    gutscheincode, rabattcode, rabatt, aktionscode
    geschenkkarte, geschenkgutschein, gutschein
    bezahlen, zahlen, zahlung, zahlungsart, bezahlung
    raten, ratenzahlung, später bezahlen
    öffnungszeiten, geöffnet, offen, geschlossen
    laden, geschäft, filiale, läden
    telefon, anrufen, telefonnummer, anruf
    e-mail, mail, email
    kontakt, erreichen, kundenservice, kundendienst
    passwort, kennwort
    anmelden, einloggen, login
    konto, kundenkonto, profil
    löschen, entfernen
    verfolgen, sendungsverfolgung, wo ist, tracking
    rechnung, beleg, quittung
    abholen, abholung
    ablaufen, gültig, gültigkeit, läuft ab, verfallen
    bügeln, bügeleisen
    eingehen, einlaufen, schrumpfen
    trockner, trocknen
    bettwäsche, bettbezug, bettlaken
    bestellung, bestellen, gekauft, bestellt, kauf
    verspätet, verspätung, nicht angekommen, spät
    verloren, verschwunden, weg
    größe, größen, maße
    ausland, international, andere länder
    flackert, flackern
    guthaben, restbetrag
    abgelehnt, fehlgeschlagen
    vergessen
    reparieren, reparatur
    ersetzen, ersatz, ersatzteil
    abmelden, abbestellen, melde, austragen
    herkunft, kommt aus, stammt, gewebt, hergestellt, woher kommt, woher
    anleitung, montageanleitung, gebrauchsanweisung, aufbauanleitung
    fleck, flecken, rotweinfleck, fettfleck
    abgebucht, belastet, berechnet, abbuchung
    hoch, höhe
    frist, zeit
    allergie, allergiker, allergisch
    °c, grad, temperatur
    daten, datenschutz
    punkte, treuepunkte
  `,
  fr: `
    retour, retourner, renvoyer, rendre, rapporter
    remboursement, rembourser, remboursé, récupérer mon argent
    livraison, livrer, livré, recevoir, reçu mon, frais de port, expédition, expédier, envoi, envoyer, arriver, acheminement
    colis, paquet
    coût, coûte, prix, frais, tarif, cher
    gratuit, gratuite, gratuitement, offert
    annuler, annulation
    modifier, changer, modification, changement
    endommagé, cassé, défectueux, abîmé, panne, brisé, ne fonctionne pas, ne marche pas
    garantie
    laver, lavage, lavable, machine à laver
    nettoyer, nettoyage, tache
    rideau, rideaux
    ampoule, ampoules
    variateur, varier, tamiser
    code promo, code de réduction, réduction, bon de réduction
    carte cadeau, chèque cadeau, bon cadeau
    payer, paiement, régler, règlement
    plusieurs fois, mensualités, versements
    horaires, ouvert, ouverture, fermé
    magasin, boutique, magasins
    téléphone, appeler, numéro
    e-mail, mail, courriel, email
    contacter, joindre, contact, service client
    mot de passe
    connexion, connecter, identifier
    compte, profil
    supprimer, effacer
    suivre, suivi, où est
    facture, reçu
    échanger, échange
    retirer, retrait
    expirer, valable, validité
    repasser, repassage, fer
    rétrécir, rétrécit
    sécher, sèche-linge, séchage
    linge de lit, draps, housse
    commande, commander, acheté, achat
    retard, en retard, pas arrivé
    perdu, égaré
    taille, tailles, dimensions
    étranger, international, autres pays
    clignote, scintille, clignoter
    solde, reste
    refusé, échoué
    oublié, oublier
    réparer, réparation
    remplacer, remplacement
    désabonner, désinscrire
    débité, débitée, prélevé, prélèvement
    durée, délai, temps
    notice, mode d'emploi, instructions
    provenance, vient, origine, tissé, fabriqué
    points, fidélité
  `,
  es: `
    devolver, devolución, devoluciones, regresar
    reembolso, reembolsar, dinero de vuelta, recuperar mi dinero
    envío, entrega, enviar, entregar, llegar, mandar
    paquete, pedido
    coste, costo, cuesta, precio, tarifa, gastos
    gratis, gratuito
    cancelar, cancelación, anular
    cambiar, modificar, cambio
    dañado, roto, defectuoso, averiado, no funciona
    garantía
    lavar, lavado, lavadora
    cortina, cortinas
    bombilla, bombillas
    código de descuento, cupón, descuento
    tarjeta regalo, tarjeta de regalo
    pagar, pago, pagos
    horario, abierto, abren
    tienda, tiendas
    teléfono, llamar
    contraseña, clave
    cuenta, perfil
    eliminar, borrar
    rastrear, seguimiento, dónde está
    factura, recibo
  `,
};

export interface Lexicon {
  /** Phrases (folded words) that mean the same as the phrase that begins at `words[at]`, and how many words it takes. */
  at(words: string[], at: number): { length: number; phrases: string[][] } | null;
}

const lexicons = new Map<string, Lexicon>();

/** The concepts of a language; none for a language without any. Words are compared by their stem. */
export function lexiconOf(language: Language): Lexicon {
  const known = lexicons.get(language.code);
  if (known) return known;
  const starting = new Map<string, { stems: string[]; phrases: string[][] }[]>();
  for (const line of (concepts[language.code] ?? "").trim().split("\n")) {
    const phrases = line
      .split(",")
      .map((phrase) => wordsOf(phrase))
      .filter((phrase) => phrase.length > 0);
    for (const phrase of phrases) {
      const stems = phrase.map(language.stem);
      const first = stems[0] as string;
      const others = starting.get(first) ?? [];
      const same = others.find((other) => other.stems.join(" ") === stems.join(" "));
      if (same) same.phrases = [...same.phrases, ...phrases];
      else others.push({ stems, phrases });
      starting.set(first, others);
    }
  }
  for (const list of starting.values()) list.sort((one, other) => other.stems.length - one.stems.length);
  const lexicon: Lexicon = {
    at(words, at) {
      const stems = words.slice(at, at + 4).map(language.stem);
      const found = starting
        .get(stems[0] ?? "")
        ?.find((entry) => entry.stems.every((stem, index) => stem === stems[index]));
      return found ? { length: found.stems.length, phrases: found.phrases } : null;
    },
  };
  lexicons.set(language.code, lexicon);
  return lexicon;
}
