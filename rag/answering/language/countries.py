"""Countries as news writes them: by name, by their people and by their capital."""

from collections.abc import Iterator
from dataclasses import dataclass

# Names, people, capitals and, where that is not the president, who leads it: "-" where news calls
# more than one, or somebody else, its leader. The first name stands for the country: the United
# States and the United Kingdom in one word each. Left out are capitals that are more often
# somebody's name or another place's (Victoria, Kingston), and Jerusalem, which is disputed.
_ROWS = """
Afghanistan; Afghan; Kabul
Albania; Albanian; Tirana; prime minister
Algeria; Algerian; Algiers
America, U.S., US, USA, U.S.A., United States, United States of America; American; Washington
Andorra; Andorran;; prime minister
Angola; Angolan; Luanda
Argentina; Argentine, Argentinian; Buenos Aires
Armenia; Armenian; Yerevan; prime minister
Australia; Australian; Canberra; prime minister
Austria; Austrian; Vienna; chancellor
Azerbaijan; Azerbaijani, Azeri; Baku
Bahamas; Bahamian;; prime minister
Bahrain; Bahraini; Manama; king
Bangladesh; Bangladeshi; Dhaka; prime minister
Barbados; Barbadian;; prime minister
Belarus; Belarusian; Minsk
Belgium; Belgian; Brussels; prime minister
Belize; Belizean; Belmopan; prime minister
Benin; Beninese; Porto-Novo
Bhutan; Bhutanese; Thimphu; prime minister
Bolivia; Bolivian; La Paz
Bosnia, Bosnia and Herzegovina; Bosnian; Sarajevo; -
Botswana; Botswanan; Gaborone
Brazil; Brazilian; Brasília, Brasilia
Britain, UK, U.K., United Kingdom, Great Britain; British; London; prime minister
Brunei; Bruneian;
Bulgaria; Bulgarian; Sofia; prime minister
Burkina Faso; Burkinabe; Ouagadougou
Burundi; Burundian; Gitega
Cambodia; Cambodian; Phnom Penh; prime minister
Cameroon; Cameroonian; Yaounde
Canada; Canadian; Ottawa; prime minister
Cape Verde; Cape Verdean; Praia; -
Central African Republic; Central African; Bangui
Chad; Chadian; N'Djamena
Chile; Chilean; Santiago
China; Chinese; Beijing
Colombia; Colombian; Bogotá, Bogota
Comoros; Comorian; Moroni
Congo, Democratic Republic of Congo, DR Congo; Congolese; Kinshasa
Costa Rica; Costa Rican;
Croatia; Croatian; Zagreb; prime minister
Cuba; Cuban; Havana
Cyprus; Cypriot; Nicosia
Czechia, Czech Republic; Czech; Prague; prime minister
Denmark; Danish; Copenhagen; prime minister
Djibouti; Djiboutian;
Dominica;;; prime minister
Dominican Republic;; Santo Domingo
East Timor, Timor-Leste; East Timorese, Timorese; Dili; prime minister
Ecuador; Ecuadorian, Ecuadorean; Quito
Egypt; Egyptian; Cairo
El Salvador; Salvadoran, Salvadorian; San Salvador
England; English;; -
Equatorial Guinea; Equatorial Guinean; Malabo
Eritrea; Eritrean; Asmara
Estonia; Estonian; Tallinn; prime minister
Eswatini; Swazi; Mbabane; king
Ethiopia; Ethiopian; Addis Ababa; prime minister
Fiji; Fijian; Suva; prime minister
Finland; Finnish; Helsinki; -
France; French; Paris
Gabon; Gabonese; Libreville
Gambia; Gambian; Banjul
Georgia; Georgian; Tbilisi; prime minister
Germany; German; Berlin; chancellor
Ghana; Ghanaian; Accra
Greece; Greek; Athens; prime minister
Grenada; Grenadian;; prime minister
Guatemala; Guatemalan;
Guinea; Guinean; Conakry
Guinea-Bissau; Bissau-Guinean; Bissau
Guyana; Guyanese;
Haiti; Haitian; Port-au-Prince; -
Honduras; Honduran; Tegucigalpa
Hungary; Hungarian; Budapest; prime minister
Iceland; Icelandic; Reykjavik; prime minister
India; Indian; New Delhi, Delhi; prime minister
Indonesia; Indonesian; Jakarta
Iran; Iranian; Tehran; supreme leader
Iraq; Iraqi; Baghdad; prime minister
Ireland; Irish; Dublin; prime minister
Israel; Israeli;; prime minister
Italy; Italian; Rome; prime minister
Ivory Coast; Ivorian; Yamoussoukro
Jamaica; Jamaican;; prime minister
Japan; Japanese; Tokyo; prime minister
Jordan; Jordanian; Amman; king
Kazakhstan; Kazakh, Kazakhstani; Astana
Kenya; Kenyan; Nairobi
Kiribati; I-Kiribati;
Kosovo; Kosovar, Kosovan; Pristina; prime minister
Kuwait; Kuwaiti;
Kyrgyzstan; Kyrgyz; Bishkek
Laos; Laotian, Lao; Vientiane; -
Latvia; Latvian; Riga; prime minister
Lebanon; Lebanese; Beirut; -
Lesotho; Basotho; Maseru; prime minister
Liberia; Liberian; Monrovia
Libya; Libyan; Tripoli; -
Liechtenstein;; Vaduz
Lithuania; Lithuanian; Vilnius; -
Luxembourg; Luxembourgish;; prime minister
Madagascar; Malagasy; Antananarivo
Malawi; Malawian; Lilongwe
Malaysia; Malaysian; Kuala Lumpur; prime minister
Maldives; Maldivian;
Mali; Malian; Bamako
Malta; Maltese; Valletta; prime minister
Marshall Islands; Marshallese; Majuro
Mauritania; Mauritanian; Nouakchott
Mauritius; Mauritian; Port Louis; prime minister
Mexico; Mexican; Mexico City
Micronesia; Micronesian; Palikir
Moldova; Moldovan; Chișinău, Chisinau
Monaco; Monegasque;
Mongolia; Mongolian; Ulaanbaatar, Ulan Bator; -
Montenegro; Montenegrin; Podgorica; prime minister
Morocco; Moroccan; Rabat; king
Mozambique; Mozambican; Maputo
Myanmar, Burma; Burmese; Naypyidaw; -
Namibia; Namibian; Windhoek
Nauru; Nauruan;
Nepal; Nepalese, Nepali; Kathmandu; prime minister
Netherlands; Dutch; The Hague; prime minister
New Zealand;;; prime minister
Nicaragua; Nicaraguan; Managua
Niger; Nigerien; Niamey
Nigeria; Nigerian; Abuja
North Korea, DPRK; North Korean; Pyongyang
North Macedonia; Macedonian, North Macedonian; Skopje; prime minister
Norway; Norwegian; Oslo; prime minister
Oman; Omani; Muscat
Pakistan; Pakistani; Islamabad; prime minister
Palau; Palauan;
Palestine; Palestinian; Ramallah
Panama; Panamanian;
Papua New Guinea; Papua New Guinean; Port Moresby; prime minister
Paraguay; Paraguayan;
Peru; Peruvian; Lima
Philippines; Philippine, Filipino; Manila
Poland; Polish; Warsaw; -
Portugal; Portuguese; Lisbon; prime minister
Qatar; Qatari; Doha
Republic of Congo;; Brazzaville
Romania; Romanian; Bucharest; -
Russia, Russian Federation; Russian; Moscow, Kremlin
Rwanda; Rwandan; Kigali
Samoa; Samoan; Apia; prime minister
San Marino; Sammarinese;
Saudi Arabia; Saudi, Saudi Arabian; Riyadh
Scotland; Scottish; Edinburgh; -
Senegal; Senegalese; Dakar
Serbia; Serbian; Belgrade
Seychelles; Seychellois;
Sierra Leone; Sierra Leonean; Freetown
Singapore; Singaporean;; prime minister
Slovakia; Slovak, Slovakian; Bratislava; prime minister
Slovenia; Slovenian, Slovene; Ljubljana; prime minister
Solomon Islands; Solomon Islander; Honiara; prime minister
Somalia; Somali; Mogadishu
South Africa; South African; Pretoria
South Korea; South Korean; Seoul
South Sudan; South Sudanese; Juba
Spain; Spanish; Madrid; prime minister
Sri Lanka; Sri Lankan; Colombo
Sudan; Sudanese; Khartoum; -
Suriname; Surinamese; Paramaribo
Sweden; Swedish; Stockholm; prime minister
Switzerland; Swiss; Bern; -
Syria; Syrian; Damascus
Taiwan; Taiwanese; Taipei
Tajikistan; Tajik; Dushanbe
Tanzania; Tanzanian; Dodoma
Thailand; Thai; Bangkok; prime minister
Togo; Togolese; Lome
Tonga; Tongan;; prime minister
Trinidad, Trinidad and Tobago; Trinidadian; Port of Spain; prime minister
Tunisia; Tunisian; Tunis
Turkey, Türkiye; Turkish; Ankara
Turkmenistan; Turkmen; Ashgabat
Tuvalu; Tuvaluan; Funafuti; prime minister
Uganda; Ugandan; Kampala
Ukraine; Ukrainian; Kyiv, Kiev
United Arab Emirates, UAE, U.A.E., Emirates; Emirati; Abu Dhabi
Uruguay; Uruguayan; Montevideo
Uzbekistan; Uzbek; Tashkent
Vanuatu; Ni-Vanuatu; Port Vila; prime minister
Vatican, Holy See;; Vatican City
Venezuela; Venezuelan; Caracas
Vietnam; Vietnamese; Hanoi; -
Wales; Welsh; Cardiff; -
Yemen; Yemeni; Sanaa
Zambia; Zambian; Lusaka
Zimbabwe; Zimbabwean; Harare
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ``names``, the usual one first, its ``people`` and its ``capitals``.

    ``leader`` is the office of whom news calls its leader, None where that is not one office.
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    leader: str | None


def _read(rows: str) -> Iterator[Country]:
    for row in rows.strip().split("\n"):
        names, people, capitals, *leader = row.split(";")
        [led_by] = leader or ["president"]
        office = led_by.strip() if led_by.strip() != "-" else None
        yield Country(_listed(names), _listed(people), _listed(capitals), office)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(",") if name.strip())


COUNTRIES = tuple(_read(_ROWS))
