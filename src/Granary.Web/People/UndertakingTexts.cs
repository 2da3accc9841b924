using System.Globalization;
using System.Resources;

namespace Granary.Web.People;

/// <summary>Marker of the texts about the confidentiality undertaking.</summary>
public sealed class UndertakingTexts
{
    private static readonly ResourceManager Resources = new(typeof(UndertakingTexts));

    /// <summary>The recommended text in a language, whatever the reader's own is.</summary>
    public static string Recommended(string language) => Resources.GetString("recommended", CultureInfo.GetCultureInfo(language))!;
}
