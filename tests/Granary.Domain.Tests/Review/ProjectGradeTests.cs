using Granary.Domain.Review;

namespace Granary.Domain.Tests.Review;

public sealed class ProjectGradeTests
{
    [Fact]
    public void Five_million_with_half_own_products_for_another_customer_is_11_and_A()
    {
        var elements = new GradeElements(5_000_000m, 0.5m, CustomerClass.Other);

        Assert.Equal((11, ProjectGrade.A), (elements.Sum, elements.Grade));
    }

    [Fact]
    public void A_cent_below_two_million_with_agency_products_in_a_strategic_industry_is_5_and_C()
    {
        var elements = new GradeElements(1_999_999.99m, 0m, CustomerClass.StrategicIndustry);

        Assert.Equal((5, ProjectGrade.C), (elements.Sum, elements.Grade));
    }

    [Theory]
    [InlineData("5000000", ProjectGrade.A)]
    [InlineData("4999999.99", ProjectGrade.B)]
    [InlineData("2000000", ProjectGrade.B)]
    [InlineData("1999999.99", ProjectGrade.C)]
    public void Amount_grade_begins_at_its_bound(string amount, ProjectGrade grade) =>
        Assert.Equal(grade, new GradeElements(decimal.Parse(amount), 0m, CustomerClass.Other).AmountGrade);

    [Theory]
    [InlineData("1", ProjectGrade.A)]
    [InlineData("0.4999", ProjectGrade.B)]
    [InlineData("0.0001", ProjectGrade.B)]
    [InlineData("0", ProjectGrade.C)]
    public void Ownership_grade_follows_the_share_of_own_products(string share, ProjectGrade grade) =>
        Assert.Equal(grade, new GradeElements(0m, decimal.Parse(share), CustomerClass.Other).OwnershipGrade);

    [Theory]
    [InlineData(CustomerClass.Strategic, 7, ProjectGrade.B)]
    [InlineData(CustomerClass.StrategicIndustry, 5, ProjectGrade.C)]
    [InlineData(CustomerClass.Other, 3, ProjectGrade.C)]
    public void Customer_class_alone_lifts_the_grade(CustomerClass customer, int sum, ProjectGrade grade)
    {
        var elements = new GradeElements(0m, 0m, customer);

        Assert.Equal((sum, grade), (elements.Sum, elements.Grade));
    }

    [Fact]
    public void Elements_out_of_range_are_refused() =>
        Assert.Equal(["amount", "ownShare", "customer"], new GradeElements(-1m, 1.1m, (CustomerClass)9).Validate().Select(error => error.Field));
}
