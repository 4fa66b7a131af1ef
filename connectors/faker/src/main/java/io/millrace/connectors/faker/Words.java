package io.millrace.connectors.faker;

import java.util.List;

/** The words that texts are made of. */
final class Words {
  static final List<String> FIRST_NAMES =
      words(
          "Aaliyah;Abel;Ada;Aiko;Alan;Alma;Amara;Anton;Asel;Astrid;Ayşe;Beatriz;Ben;"
              + "Björn;Carmen;Chen;Chloé;Clara;Dagny;Daniel;Deepa;Diego;Dora;Edith;Elif;Elias;"
              + "Emil;Emmitt;Erik;Esra;Farah;Felix;Fiona;Freya;George;Gita;Grace;Hana;Hugo;"
              + "Ines;Ingrid;Isaac;İbrahim;Ivy;Jack;Jana;João;José;Jun;Kai;Kofi;Lars;Leila;"
              + "Liam;Lin;Lore;Lucía;Łukasz;Mads;Maja;Marek;Mei;Mira;Nadia;Nina;Noah;Nora;Olga;"
              + "Omar;Oscar;Petra;Priya;Quinn;Rafael;Reda;Rosa;Ruth;Salma;Samir;Sara;Sofia;"
              + "Søren;Stella;Tariq;Tess;Theo;Tomás;Uma;Vera;Viktor;Wanda;Wei;Xavier;Yara;Yuki;"
              + "Yusuf;Zoë;Zara");

  static final List<String> TITLES =
      words("Mr.;Mrs.;Ms.;Miss;Dr.;Prof.;Sir;Madam;MSc;MMath;DPhil;PhD;B.A.;M.D.");

  static final List<String> NOUNS =
      words(
          "amber;anchor;apple;arrow;autumn;badger;bamboo;beacon;birch;bridge;canyon;"
              + "cedar;cherry;cloud;cobalt;comet;copper;coral;cotton;crane;crystal;dawn;delta;"
              + "desert;dune;eagle;echo;ember;falcon;fern;field;fjord;forest;garden;glacier;"
              + "harbor;hazel;heron;horizon;island;ivory;jasmine;juniper;lagoon;lantern;laurel;"
              + "lemon;linen;lotus;maple;marble;meadow;meteor;mint;mirror;moss;nectar;nova;oak;"
              + "ocean;olive;onyx;orchid;otter;pebble;pepper;pine;planet;prairie;quartz;raven;"
              + "reef;river;saffron;sage;shadow;silver;sparrow;spruce;stone;storm;summit;"
              + "thistle;thunder;tiger;timber;topaz;tulip;valley;velvet;violet;walnut;willow;"
              + "winter;zephyr");

  static final List<String> MAIL_DOMAINS =
      words("example.com;example.net;example.org;mail.example;post.example;inbox.example");

  static final List<String> GENDERS = words("Female;Male;Other;Fluid");

  static final List<String> LANGUAGES =
      words(
          "Amharic;Arabic;Basque;Bengali;Bosnian;Catalan;Chinese;Czech;Danish;Dutch;"
              + "English;Estonian;Finnish;French;German;Greek;Hausa;Hebrew;Hindi;Hungarian;"
              + "Icelandic;Igbo;Italian;Japanese;Kazakh;Korean;Kyrgyz;Latvian;Malay;Maltese;"
              + "Mongolian;Nepali;Norwegian;Persian;Polish;Portuguese;Punjabi;Romanian;Serbian;"
              + "Slovak;Spanish;Swahili;Swedish;Tamil;Thai;Turkish;Ukrainian;Urdu;Vietnamese;"
              + "Welsh;Yoruba;Zulu");

  static final List<String> DEGREES = words("Bachelor;Master;PhD");

  static final List<String> NATIONALITIES =
      words(
          "American;Argentine;Australian;Austrian;Belgian;Brazilian;British;Canadian;"
              + "Chilean;Chinese;Colombian;Croatian;Danish;Dutch;Egyptian;Estonian;Ethiopian;"
              + "Finnish;French;German;Ghanaian;Greek;Indian;Indonesian;Irish;Italian;Japanese;"
              + "Jordanian;Kenyan;Korean;Malaysian;Mexican;Moroccan;Nigerian;Norwegian;"
              + "Peruvian;Polish;Portuguese;Romanian;Spanish;Swedish;Swiss;Thai;Tunisian;"
              + "Turkish;Ukrainian;Vietnamese");

  static final List<String> OCCUPATIONS =
      words(
          "Accountant;Actor;Ambulance Driver;Archaeologist;Architect;Baker;Beekeeper;"
              + "Bricklayer;Bus Driver;Carpenter;Cartographer;Chemist;Chef;Civil Engineer;"
              + "Dentist;Editor;Electrician;Farmer;Firefighter;Florist;Gardener;Geologist;"
              + "Glazier;Historian;Illustrator;Interpreter;Journalist;Judge;Lawyer;Librarian;"
              + "Locksmith;Machinist;Midwife;Musician;Nurse;Optician;Painter;Park Ranger;"
              + "Pharmacist;Photographer;Physicist;Pilot;Plumber;Potter;Programmer;Registrar;"
              + "Roofer;Sailor;Sculptor;Shepherd;Social Worker;Stone Mason;Surgeon;Surveyor;"
              + "Tailor;Teacher;Tiler;Translator;Upholsterer;Veterinarian;Watchmaker;Welder;"
              + "Writer;Zoologist");

  static final List<String> BLOOD_TYPES = words("O+;A+;B+;AB+;O−;A−;B−;AB−");

  static final List<String> STREETS =
      words(
          "Acacia;Alder;Aspen;Bayview;Beacon;Bluebell;Bridge;Canal;Cedar;Chapel;Cherry;"
              + "Chestnut;Church;Cliff;College;Cypress;Dolphin;Elm;Fairview;Garden;Grove;"
              + "Harbor;Hazel;Heath;Hill;Juniper;King;Lake;Laurel;Lighthouse;Linden;Magnolia;"
              + "Maple;Market;Meadow;Mill;Mission;Oak;Ocean;Orchard;Park;Pine;Poplar;Quarry;"
              + "Railroad;Ridge;River;Rose;School;Spring;Station;Summit;Sunset;Sycamore;Union;"
              + "Valley;Walnut;Washington;Water;Willow");

  static final List<String> STREET_KINDS =
      words("Avenue;Boulevard;Circle;Court;Drive;Lane;Place;Road;Square;Street;Terrace;Way");

  static final List<String> CITIES =
      words(
          "Albany;Anchorage;Ann Arbor;Asheville;Athens;Austin;Baton Rouge;Bellevue;Boise;"
              + "Boulder;Bozeman;Buffalo;Burlington;Charleston;Chattanooga;Cheyenne;Columbia;"
              + "Concord;Davenport;Dayton;Denver;Des Moines;Duluth;Durham;El Paso;Eugene;Fargo;"
              + "Fresno;Galveston;Grand Rapids;Hartford;Helena;Honolulu;Ithaca;Juneau;"
              + "Knoxville;Lansing;Laredo;Lincoln;Little Rock;Madison;Mobile;Monterey;"
              + "Nashville;New Orleans;Norfolk;Oakland;Olympia;Omaha;Pasadena;Pensacola;"
              + "Pittsburgh;Portland;Providence;Raleigh;Reno;Richmond;Rochester;Sacramento;"
              + "Salem;San José;Santa Fe;Savannah;Seattle;Spokane;St. Paul;Tacoma;Tampa;Toledo;"
              + "Topeka;Tucson;Tulsa;Wichita;Yuma");

  static final List<String> STATES =
      words(
          "Alabama;Alaska;Arizona;Arkansas;California;Colorado;Connecticut;Delaware;"
              + "Florida;Georgia;Hawaii;Idaho;Illinois;Indiana;Iowa;Kansas;Kentucky;Louisiana;"
              + "Maine;Maryland;Massachusetts;Michigan;Minnesota;Mississippi;Missouri;Montana;"
              + "Nebraska;Nevada;New Hampshire;New Jersey;New Mexico;New York;North Carolina;"
              + "North Dakota;Ohio;Oklahoma;Oregon;Pennsylvania;Rhode Island;South Carolina;"
              + "South Dakota;Tennessee;Texas;Utah;Vermont;Virginia;Washington;West Virginia;"
              + "Wisconsin;Wyoming");

  static final List<String> COUNTRY_CODES =
      words(
          "AR;AT;AU;BE;BR;CA;CH;CL;CN;CO;CZ;DE;DK;EE;EG;ES;ET;FI;FR;GB;GH;GR;HR;HU;ID;IE;"
              + "IN;IS;IT;JO;JP;KE;KR;MA;MX;MY;NG;NL;NO;PE;PL;PT;RO;RS;SE;TH;TN;TR;UA;US;VN;ZA");

  private Words() {}

  private static List<String> words(String text) {
    return List.of(text.split(";", -1));
  }
}
