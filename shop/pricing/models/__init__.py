from shop.pricing.models.delivery import ShippingMethod
from shop.pricing.models.offers import Coupon, Promotion, PromotionUse
from shop.pricing.models.tax import TaxRate

__all__ = ["Coupon", "Promotion", "PromotionUse", "ShippingMethod", "TaxRate"]
