namespace Granary.Web.Capture;

/// <summary>Texts of field errors by their code; <c>{limit}</c> stands for the bound that was overstepped.</summary>
public sealed class FieldErrorTexts;
