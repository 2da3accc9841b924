using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Cleansing;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Zhang@Example.COM", "zhang@example.com")]
    [InlineData("  zhang.san+crm@mail.example.com.cn ", "zhang.san+crm@mail.example.com.cn")]
    [InlineData("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "zhang@example.com")]
    [InlineData("zhang@例子.中国", "zhang@xn--fsqu00a.xn--fiqs8s")]
    [InlineData("zhang@XN--FSQU00A.xn--fiqs8s", "zhang@xn--fsqu00a.xn--fiqs8s")]
    [InlineData("张三@example.com", "张三@example.com")]
    [InlineData("12345@qq.com", "12345@qq.com")]
    public void An_address_is_brought_into_the_form_it_is_compared_in(string raw, string value)
    {
        Assert.True(EmailAddress.TryParse(raw, out var email, out var fault));
        Assert.Null(fault);
        Assert.Equal(value, email.Value);
    }

    [Theory]
    [InlineData(null, EmailFault.Syntax)]
    [InlineData("", EmailFault.Syntax)]
    [InlineData("zhang", EmailFault.Syntax)]
    [InlineData("@example.com", EmailFault.Syntax)]
    [InlineData("zhang san@example.com", EmailFault.Syntax)]
    [InlineData(".zhang@example.com", EmailFault.Syntax)]
    [InlineData("zhang..san@example.com", EmailFault.Syntax)]
    [InlineData("zhang@san@example.com", EmailFault.Syntax)]
    [InlineData("zhang@example", EmailFault.Domain)]
    [InlineData("zhang@", EmailFault.Domain)]
    [InlineData("zhang@example..com", EmailFault.Domain)]
    [InlineData("zhang@-example.com", EmailFault.Domain)]
    [InlineData("zhang@exa_mple.com", EmailFault.Domain)]
    [InlineData("zhang@127.0.0.1", EmailFault.Domain)]
    [InlineData("zhang@例 子.中国", EmailFault.Domain)]
    public void A_refused_address_names_the_rule(string? raw, string expected)
    {
        Assert.False(EmailAddress.TryParse(raw, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void An_address_longer_than_mail_allows_is_refused()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.com", out _, out var fault));
        Assert.Equal(EmailFault.TooLong, fault);
        Assert.False(EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat("abcdefghi", 26)) + ".com", out _, out fault));
        Assert.Equal(EmailFault.TooLong, fault);
    }

    [Fact]
    public void An_address_prints_masked()
    {
        Assert.True(EmailAddress.TryParse("zhang@example.com", out var email, out _));
        Assert.Equal("z***@example.com", email.Masked(ContactMasks.BuiltIn.Email));
        Assert.Equal("z***@example.com", $"{email}");
        Assert.Equal("example.com", email.Domain);
    }

    [Theory]
    [InlineData("mailinator.com", true)]
    [InlineData("any.sub.mailinator.com", true)]
    [InlineData("notmailinator.com", false)]
    [InlineData("mailinator.com.cn", false)]
    [InlineData("com", false)]
    public void A_throw_away_domain_counts_with_its_sub_domains(string domain, bool isDisposable) =>
        Assert.Equal(isDisposable, DisposableDomains.BuiltIn.Contains(domain));

    [Fact]
    public void A_published_list_of_throw_away_domains_can_be_added()
    {
        var more = DisposableDomains.BuiltIn.With(["# a comment", "", "Wegwerf.Example", "例子.中国", "no domain"]);
        Assert.Equal(DisposableDomains.BuiltIn.Count + 2, more.Count);
        Assert.True(more.Contains("a.wegwerf.example"));
        Assert.True(more.Contains("xn--fsqu00a.xn--fiqs8s"));
        Assert.True(more.Contains("yopmail.com"));
    }

    [Fact]
    public void What_is_read_reads_again_as_itself() =>
        Prop.ForAll<string>(text =>
            !EmailAddress.TryParse(text + "@例子.中国", out var email, out _)
            || (EmailAddress.TryParse(email.Value, out var again, out _) && again == email)).Check(Run.Property);
}
