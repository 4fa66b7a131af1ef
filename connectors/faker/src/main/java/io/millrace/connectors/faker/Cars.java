package io.millrace.connectors.faker;

import java.util.ArrayList;
import java.util.List;

/** The catalogue of products. */
final class Cars {
  private static final String CATALOGUE =
      """
      Mercedes-Benz | C-Class
      Volkswagen | Golf
      Fiat | Panda
      Chevrolet | Silverado
      Honda | Odyssey
      Toyota | RAV4
      Dodge | Challenger
      Ford | Focus
      Mazda | CX-5
      Kia | Sportage
      Dodge | Viper
      Citroën | 2CV
      Land Rover | Defender
      Ford | Mustang
      Lexus | LS
      Ford | Explorer
      Suzuki | Jimny
      Infiniti | FX
      Lexus | RX
      Audi | TT
      Acura | Integra
      Lamborghini | Gallardo
      Porsche | Boxster
      Chevrolet | Tahoe
      Bentley | Continental GT
      Volvo | V70
      Nissan | Altima
      Infiniti | Q50
      Toyota | Camry
      Buick | Enclave
      Acura | TLX
      Audi | A4
      Cadillac | Escalade
      Ford | Escape
      BMW | X5
      Aston Martin | Vantage
      Honda | CR-V
      Jaguar | E-Type
      Mitsubishi | Pajero
      Bentley | Arnage
      Maserati | Quattroporte
      Mini | Cooper
      Mercedes-Benz | S-Class
      Jeep | Wrangler
      Chevrolet | Impala
      BMW | Z4
      GMC | Yukon
      Hyundai | Santa Fe
      Ferrari | Testarossa
      Lotus | Esprit
      Chevrolet | Malibu
      Ferrari | F430
      Renault | Mégane
      Honda | Pilot
      Dodge | Charger
      Chrysler | 300
      Mitsubishi | Eclipse
      Lincoln | Navigator
      Ford | Bronco
      Tesla | Model 3
      Kia | Soul
      Ford | F-150
      Jeep | Cherokee
      Subaru | Forester
      Chrysler | Pacifica
      Kia | Sorento
      Porsche | 911
      Alfa Romeo | Spider
      BMW | 3 Series
      Ford | Taurus
      Cadillac | CTS
      Hyundai | Sonata
      Renault | Clio
      Hyundai | Elantra
      Mercedes-Benz | SL-Class
      Peugeot | 406
      Dodge | Ram 1500
      Alfa Romeo | Giulia
      Fiat | 500
      Aston Martin | DB9
      Volvo | 240
      Chevrolet | Corvette
      Suzuki | Swift
      Subaru | Outback
      Honda | Accord
      Lamborghini | Countach
      Nissan | Leaf
      Nissan | Pathfinder
      Saab | 900
      Chevrolet | Camaro
      Mazda | MX-5
      Honda | Civic
      Porsche | Cayenne
      Škoda | Octavia
      Volkswagen | Passat
      Subaru | Impreza
      Peugeot | 205
      Chevrolet | Suburban
      Citroën | DS
      Lexus | ES
      """;

  /** The makes, by product. */
  static final List<String> MAKES = column(0);

  /** The models, by product. */
  static final List<String> MODELS = column(1);

  private Cars() {}

  private static List<String> column(int index) {
    List<String> column = new ArrayList<>();
    for (String line : CATALOGUE.lines().toList()) {
      column.add(line.split(" \\| ", -1)[index].strip());
    }
    return List.copyOf(column);
  }
}
