using System.Globalization;
using Granary.Application.Settings;
using Granary.Domain.Privacy;

namespace Granary.Web.Privacy;

/// <summary>Purposes in the reader's language.</summary>
public sealed class PurposeWords(Setting setting)
{
    /// <summary>Name of a purpose; its key where it is not offered any more.</summary>
    public string Name(string key) => setting.Privacy.Purpose(key) is { } purpose ? ConsentPurpose.Say(purpose.Name, CultureInfo.CurrentUICulture.Name) : key;

    /// <summary>What a person is told of it.</summary>
    public string? Text(string key) => setting.Privacy.Purpose(key) is { } purpose ? ConsentPurpose.Say(purpose.Text, CultureInfo.CurrentUICulture.Name) : null;
}
