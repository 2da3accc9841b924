using System.Text.RegularExpressions;

namespace Granary.Domain.Cleansing;

/// <summary>Contact data within free text: what people write down of a number, an address or a WeChat or QQ id.</summary>
public static partial class ContactTraces
{
    /// <summary>What stands for it.</summary>
    public const string Mask = "***";

    /// <summary>
    /// The text with contact data masked: mail addresses, mobile and landline numbers, numbers with a country code, service numbers,
    /// and what follows the name of an account. Amounts, dates and years stay; a bare landline number without its area is
    /// masked only where the text calls it a telephone.
    /// </summary>
    /// <param name="text">The text; null and empty stay as they are.</param>
    public static string? Hidden(string? text) =>
        string.IsNullOrEmpty(text) ? text : Numbers().Replace(Accounts().Replace(Mails().Replace(text, Mask), $"$1{Mask}"), Mask);

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Mails();

    [GeneratedRegex(@"((?:微信|wechat|weixin|wx|v信|qq|电话|座机|手机|tel|phone)[\s号id:：是为]*)(?=[a-z0-9_-]*\d|[a-z][a-z0-9_-]{5})[a-z0-9][a-z0-9_ -]{4,18}[a-z0-9]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Accounts();

    [GeneratedRegex(@"(?<![\d.,])(?:\+\d[\d ()-]{5,17}\d|(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[(（]?0\d{2,3}[)）]?[ -]?\d{3,4}[ -]?\d{4}|[48]00[ -]?\d{3}[ -]?\d{4}|[48]00[ -]?\d{4}[ -]?\d{3})(?!\d)", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Numbers();
}
