package io.millrace.engine.mapper;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes the steps of mappers. */
final class Steps {
  private Steps() {}

  /**
   * Makes a step.
   *
   * @param fields the names of the fields before it, all that it is about among them
   */
  static Step of(Mapper mapper, List<String> fields, BufferAllocator allocator) {
    return switch (mapper) {
      case Mapper.Hashing hashing -> text(hashing, fields, new HashText(hashing.method()));
      case Mapper.AesEncryption aes -> text(aes, fields, new AesText(aes));
      case Mapper.RsaEncryption rsa -> text(rsa, fields, new RsaText(rsa));
      case Mapper.FieldRenaming(String from, String to) -> {
        int column = fields.indexOf(from);
        yield frame -> frame.rename(column, to);
      }
      case Mapper.FieldFiltering(String target) -> {
        int column = fields.indexOf(target);
        yield frame -> frame.remove(column);
      }
      case Mapper.RowFiltering(Condition condition) -> new FilterStep(condition, fields);
    };
  }

  /** Returns a field under another name. */
  static Field named(Field field, String name) {
    return new Field(name, field.getFieldType(), field.getChildren());
  }

  private static Step text(Mapper.Replacing mapper, List<String> fields, TextOfText text) {
    return new TextStep(fields.indexOf(mapper.targetField()), mapper.outputField(), text);
  }
}
