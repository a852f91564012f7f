"""Product: an offering with its own buyer, quota and sales motion."""

from setpiece.library.kind import Kind, Linking, choice, text, texts

PRODUCT = Kind(
    name="product",
    collection="products",
    prefix="px",
    title="Product",
    about="A product that is sold",
    linking=Linking.NONE,
    is_offering=True,
    has_url=True,
    internal_name_in_data=True,
    fields=(
        choice("type", "PRODUCT, or SERVICE for a product sold as one", ("PRODUCT", "SERVICE"), "PRODUCT"),
        text("summary", "What it is, in one or two sentences", "Turns raw events into dashboards in a day"),
        texts("capabilities", "What it can do", "Models events without code", "Alerts on broken pipelines"),
        texts("differentiatedValue", "What it does that others do not", "Runs inside your own warehouse"),
        texts("statusQuo", "How buyers live without it", "Analysts rebuild the same report every Monday"),
        texts("challengesAddressed", "Problems it takes away", "Slow time to insight"),
        texts("customerBenefits", "What a customer gains", "Reliable reporting"),
        texts("distinctCapabilities", "Capabilities that nobody else has", "Column-level lineage"),
        texts("keyFeatures", "Features worth naming", "Scheduled exports"),
    ),
)
