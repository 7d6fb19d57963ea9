/**
 * Words that mean nearly the same in a support conversation, so that a rule in the company's words finds a message
 * in the customer's. One line per idea, in several languages, as folded word beginnings: "burn" covers "burning".
 */
export const concepts: Record<string, string> = {
  heat: "hot overheat heat hitze heiss uberhitz caliente calient recalent chaud chauff surchauff caldo scald surriscald quente aquec superaquec heet oververhit goracy przegrzew",
  fire: "fire flame burn smoke smok smoulder scorch melt singe spark feuer brand brenn rauch funk fuego quem queim fumo fogo humo incend arde feu brul fumee flamm fuoco bruci fiamm vuur rook pali dym ogien fire",
  shock: "shock electrocut zap stromschlag descarga electrocucion choque electrocut scossa schok zwarcie tingle",
  injury:
    "injur hurt wound bleed cut burnt hospital allerg rash verletz wunde herida lesion bless blessur ferit infort gewond letsel zranien",
  danger:
    "danger unsafe safety hazard risk peligr segurid gefahr gefahrlich sicherheit securite pericol sicurez perig veilig niebezpie bezpiecz",
  smell: "smell odor odour stink fume riech geruch huele olor odeur odore cheir ruik",
  broken:
    "broken break broke damage defect fault crack shatter malfunction kaputt defekt beschadig roto rota danad averiad defectuos casse abim endommag rott difett quebrad danific kapot stuk beschadigd uszkodz zepsut",
  refund:
    "refund reimburs money-back moneyback erstatt ruckerstatt geld-zuruck reembols devoluc rembours rimbors estorno terugbetal zwrot",
  return:
    "return send-back exchange retour zuruckschick umtausch devolver cambiar retourn renvoy echange reso restitu sostitu troca devolv ruil",
  cancel:
    "cancel terminat unsubscrib abbestell kundig stornier cancelar anular baja resili annul disdir annull opzeg annuler anulow rezygn discontinue quit",
  lost: "lost lose losing missing misplac vanish disappear nowhere verlor verschwund fehlt perdid perdu egar pers smarr kwijt verlor zgub",
  late: "late delay overdue waiting behind verspat verzoger spat tarde retras retard ritardo atras vertraagd laat opozn",
  delivery:
    "deliver shipp shipment parcel package courier dispatch liefer paket sendung versand zustell envio entrega paquete livr colis expedi consegn spedi pacco encomenda bezorg pakket verzend dostaw paczk przesylk",
  order:
    "order purchas buy bought bestell kauf pedido orden compr command achat acheter ordin acquist encomend aankoop kop zamow kup",
  wholesale:
    "wholesale trade bulk reseller resell b2b quantity grosshandel handler gewerb grossist mayorist mayor revendedor professionnel grossiste gros revendeur ingross rivendit atacad revend groothandel hurt",
  price:
    "price cost quote quotation discount rate pric preis kosten rabatt angebot precio costo coste descuent cotiz prix cout remise devis tarif prezzo cost scont preventiv preco custo descont orcament prijs korting offerte cena rabat",
  payment:
    "pay payment paid charge billed debit checkout zahl bezahl abgebucht pago pagar cobr paiement payer prelev pagament addebit cobranc betal afgeschreven plat",
  invoice:
    "invoice bill receipt statement vat tax rechnung quittung factura recibo facture recu fattura ricevuta fatura factuur bon faktur rachun",
  fraud:
    "fraud scam stolen steal thief phish unauthori hack compromis betrug gestohl gehackt fraude estaf robad vole pirat arnaque truff rubat roub golp gestol opgelicht oszust",
  account: "account profile login log-in sign-in signin konto anmeld cuenta perfil compte connexion conto conta inlog",
  password:
    "password passcode pin credential passwort kennwort contrasen clave mot-de-passe passe senha wachtwoord haslo",
  privacy:
    "privacy gdpr dsgvo personal-data erase data-protection datenschutz privacid datos rgpd donnees dati dados gegevens danych",
  legal:
    "legal lawyer attorney sue court lawsuit solicitor anwalt gericht klage abogad demand juridic avocat tribunal avvocat legale advog advocaat prawnik sad",
  press:
    "press journalist reporter media newspaper interview blogger presse zeitung periodist prensa journal giornal stamp imprensa pers dziennik",
  complaint: "complain complaint dissatisf unhappy beschwerd queja reclam plainte reclamo lament klacht skarg",
  warranty: "warranty guarantee garantie garantia garanzia gwaranc",
  repair:
    "repair fix mend replacement spare service-technician reparier reparatur reparar reparacion repar ripar reparo repareren napraw",
  install: "install mount assembl set-up setup wiring electrician montier montage instal montar monter montagg montaz",
  address:
    "address move moving relocat adresse umzug direccion adresse demenag indirizz trasloc endereco mudanc adres verhuiz",
  subscription: "subscri plan membership abo abonn suscrip abonnement abbonament assinatur lidmaatschap subskrypc",
  upgrade: "upgrade downgrade switch change-plan tier premium",
  job: "job career vacanc hiring recruit apply position resume stelle bewerb karriere empleo trabajo vacante emploi recrut candidat lavoro impieg emprego vaga vacature sollicit praca",
  partner:
    "partner affiliate sponsor collab influenc supplier vendor kooperation colabor partenair collaboraz parceri samenwerk wspolprac",
  death:
    "died death deceased passed-away bereave funeral gestorb verstorb fallec muert murio deces decede decedut falec mort overleden zmarl",
  health:
    "health medical doctor illness sick pregnan disab gesundheit arzt salud medic embaraz sante enceinte salute saude gezond zdrow",
  child: "child children kid baby infant minor toddler kind kinder nino nina bebe enfant bambin crianca dziec",
  hardship: "hardship debt afford bankrupt unemploy struggl installment schulden raten deuda dette debit divid",
  outage:
    "outage offline down crash unavailab not-working error ausfall storung caid panne guast indispon storing awari",
  store:
    "store shop showroom branch opening-hours laden geschaft filiale tienda sucursal magasin boutique negozio loja winkel sklep",
};
