namespace Granary.Web.Capture;

/// <summary>
/// Texts of the import: <c>error.{code}</c> of files and rows, <c>warning.{code}</c> of files, <c>field.{path}</c> of target fields,
/// <c>file.{name}</c> of the error file's columns.
/// </summary>
public sealed class ImportTexts;
